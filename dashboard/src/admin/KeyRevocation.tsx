import { useTranslation } from 'react-i18next'
import { admin, type ApiKey } from '../api/admin'
import { Modal } from '../design/Modal'
import { Effects } from '../review/Effects'
import { ForecastDialog } from '../review/ForecastDialog'
import { Versions } from '../review/Versions'
import { useKeyText } from './useKeyText'

/** Whom revoking a key stops, before it is revoked; of one that was revoked already, what happened to it. */
export function KeyRevocation({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const { t } = useTranslation()
  const text = useKeyText()
  const versions = <Versions queryKey={['api_key', apiKey.id]} load={() => admin.versions('api_key', apiKey.id)} nameOf={text.nameOf} />
  if (apiKey.revokedAt !== null)
    return (
      <Modal open title={apiKey.name} onClose={onClose}>
        {versions}
      </Modal>
    )
  return (
    <ForecastDialog
      title={t('admin.keys.revokeTitle', { name: apiKey.name })}
      lead={t('admin.keys.revokeLead')}
      changes={() => [{ name: t('admin.keys.state'), from: t('admin.keys.valid'), to: t('admin.keys.revoked') }]}
      warning={({ others }) => {
        const alone = others.filter(({ keys }) => keys === 0)
        return alone.length > 0 ? t('admin.keys.alone', { scopes: alone.map(({ scope }) => text.scope(scope)).join(', ') }) : undefined
      }}
      save={t('admin.keys.revoke')}
      forecastKey={['revocation', apiKey.id]}
      forecast={() => admin.forecastRevocation(apiKey.id)}
      act={() => admin.revokeKey(apiKey.id)}
      concerns={['keys']}
      onClose={onClose}
    >
      {({ key, others }) => (
        <>
          <Effects effects={[t('admin.keys.lastUsed', { used: text.used(key) }), ...text.others(others)]} />
          {versions}
        </>
      )}
    </ForecastDialog>
  )
}
