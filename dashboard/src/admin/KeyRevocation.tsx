import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { admin, type ApiKey } from '../api/admin'
import { Modal } from '../design/Modal'
import { Effects } from '../review/Effects'
import { ReviewDialog } from '../review/ReviewDialog'
import { Versions } from '../review/Versions'
import { useKeyText } from './useKeyText'

/** Whom revoking a key stops, before it is revoked; of one that was revoked already, what happened to it. */
export function KeyRevocation({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const { t } = useTranslation()
  const text = useKeyText()
  const queries = useQueryClient()
  const over = apiKey.revokedAt !== null
  const forecast = useQuery({
    queryKey: ['keys', apiKey.id, 'revocation'],
    queryFn: () => admin.forecastRevocation(apiKey.id),
    enabled: !over,
    gcTime: 0,
    retry: false,
  })
  const revoke = useMutation({
    mutationFn: () => admin.revokeKey(apiKey.id),
    async onSuccess() {
      await queries.invalidateQueries({ queryKey: ['keys'] })
      onClose()
    },
  })
  const versions = <Versions queryKey={['api_key', apiKey.id]} load={() => admin.versions('api_key', apiKey.id)} nameOf={text.nameOf} />
  if (over)
    return (
      <Modal open title={apiKey.name} onClose={onClose}>
        {versions}
      </Modal>
    )
  const alone = forecast.data?.others.filter(({ keys }) => keys === 0) ?? []
  return (
    <ReviewDialog
      title={t('admin.keys.revokeTitle', { name: apiKey.name })}
      lead={t('admin.keys.revokeLead')}
      changes={[{ name: t('admin.keys.state'), from: t('admin.keys.valid'), to: t('admin.keys.revoked') }]}
      warning={alone.length > 0 ? t('admin.keys.alone', { scopes: alone.map(({ scope }) => text.scope(scope)).join(', ') }) : undefined}
      save={t('admin.keys.revoke')}
      busy={forecast.isPending || revoke.isPending}
      problem={revoke.error ?? forecast.error}
      onCancel={onClose}
      onSave={() => revoke.mutate()}
    >
      {forecast.data !== undefined && (
        <Effects effects={[t('admin.keys.lastUsed', { used: text.used(forecast.data.key) }), ...text.others(forecast.data.others)]} />
      )}
      {versions}
    </ReviewDialog>
  )
}
