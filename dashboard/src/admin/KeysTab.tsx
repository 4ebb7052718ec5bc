import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { admin, type ApiKey } from '../api/admin'
import { Badge } from '../design/Badge'
import { Button } from '../design/Button'
import { DataTable } from '../design/DataTable'
import { EmptyState } from '../design/EmptyState'
import { Loaded } from '../design/Loaded'
import { useFormat } from '../design/useFormat'
import table from '../design/Table.module.css'
import { KeyForm } from './KeyForm'
import { KeyRevocation } from './KeyRevocation'
import { useKeyText } from './useKeyText'

/** Which programs may call, as what, and when each did so last. */
export function KeysTab() {
  const { t } = useTranslation()
  const format = useFormat()
  const text = useKeyText()
  const keys = useQuery({ queryKey: ['keys'], queryFn: admin.keys })
  const [making, setMaking] = useState(false)
  const [revoking, setRevoking] = useState<ApiKey>()
  return (
    <Loaded query={keys} lines={6}>
      {(rows) => (
        <>
          <div className={table['head']}>
            <p>{t('admin.keys.lead')}</p>
            <Button look="primary" onClick={() => setMaking(true)}>
              {t('admin.keys.add')}
            </Button>
          </div>
          <DataTable
            label={t('admin.tab.keys')}
            rows={rows}
            keyOf={({ id }) => id}
            none={<EmptyState title={t('admin.keys.none')} />}
            columns={[
              { heading: t('admin.keys.name'), render: ({ name }) => name },
              { heading: t('admin.keys.scopes'), render: ({ scopes }) => text.scopes(scopes) },
              { heading: t('admin.keys.created'), render: ({ createdAt }) => format.dateTime(createdAt) },
              { heading: t('admin.keys.used'), render: text.used },
              { heading: t('admin.keys.expires'), render: ({ expiresAt }) => text.expiry(expiresAt) },
              {
                heading: t('admin.keys.state'),
                render: ({ revokedAt }) => (
                  <Badge tone={revokedAt === null ? 'good' : 'neutral'}>{t(revokedAt === null ? 'admin.keys.valid' : 'admin.keys.revoked')}</Badge>
                ),
              },
              {
                heading: t('admin.keys.actions'),
                render: (key) => (
                  <Button aria-label={`${t(key.revokedAt === null ? 'admin.keys.revoke' : 'review.versions')}: ${key.name}`} onClick={() => setRevoking(key)}>
                    {t(key.revokedAt === null ? 'admin.keys.revoke' : 'review.versions')}
                  </Button>
                ),
              },
            ]}
          />
          {making && <KeyForm onClose={() => setMaking(false)} />}
          {revoking !== undefined && <KeyRevocation apiKey={revoking} onClose={() => setRevoking(undefined)} />}
        </>
      )}
    </Loaded>
  )
}
