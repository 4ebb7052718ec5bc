import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { scopes as keyScopes, type Scope as KeyScope } from '../../../domain/scopes'
import { admin } from '../api/admin'
import { Badge } from '../design/Badge'
import { Button } from '../design/Button'
import { DataTable } from '../design/DataTable'
import { EmptyState } from '../design/EmptyState'
import { Field } from '../design/Field'
import { Modal } from '../design/Modal'
import { Notice } from '../design/Notice'
import { ProblemNotice } from '../design/ProblemNotice'
import { Skeleton } from '../design/Skeleton'
import { useFormat } from '../design/useFormat'
import table from '../design/Table.module.css'

export function KeysTab() {
  const { t } = useTranslation()
  const format = useFormat()
  const queries = useQueryClient()
  const keys = useQuery({ queryKey: ['keys'], queryFn: admin.keys })
  const [making, setMaking] = useState(false)
  const [sure, setSure] = useState<string>()
  const revoke = useMutation({
    mutationFn: admin.revokeKey,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['keys'] }),
    onSettled: () => setSure(undefined),
  })
  if (keys.isError) return <ProblemNotice problem={keys.error} onRetry={() => void keys.refetch()} />
  if (keys.isPending) return <Skeleton lines={6} />
  return (
    <>
      <div className={table['head']}>
        <p>{t('admin.keys.lead')}</p>
        <Button look="primary" onClick={() => setMaking(true)}>
          {t('admin.keys.add')}
        </Button>
      </div>
      {revoke.isError && <ProblemNotice problem={revoke.error} />}
      {keys.data.length === 0 ? (
        <EmptyState title={t('admin.keys.none')} />
      ) : (
        <DataTable
          label={t('admin.tab.keys')}
          rows={keys.data}
          keyOf={({ id }) => id}
          columns={[
            { heading: t('admin.keys.name'), render: ({ name }) => name },
            { heading: t('admin.keys.scopes'), render: ({ scopes }) => scopes.map((scope) => t(`admin.keys.scope.${scope}`)).join(', ') },
            { heading: t('admin.keys.created'), render: ({ createdAt }) => format.dateTime(createdAt) },
            { heading: t('admin.keys.expires'), render: ({ expiresAt }) => (expiresAt === null ? t('never') : format.dateTime(expiresAt)) },
            {
              heading: t('admin.keys.state'),
              render: ({ revokedAt }) => <Badge tone={revokedAt === null ? 'good' : 'neutral'}>{t(revokedAt === null ? 'admin.keys.valid' : 'admin.keys.revoked')}</Badge>,
            },
            {
              heading: t('admin.keys.actions'),
              render: (key) =>
                key.revokedAt === null && (
                  <Button
                    look={sure === key.id ? 'danger' : 'plain'}
                    aria-label={`${t(sure === key.id ? 'admin.keys.revokeSure' : 'admin.keys.revoke')}: ${key.name}`}
                    busy={revoke.isPending && revoke.variables === key.id}
                    onClick={() => (sure === key.id ? revoke.mutate(key.id) : setSure(key.id))}
                    onBlur={() => setSure(undefined)}
                  >
                    {t(sure === key.id ? 'admin.keys.revokeSure' : 'admin.keys.revoke')}
                  </Button>
                ),
            },
          ]}
        />
      )}
      {making && <NewKey onClose={() => setMaking(false)} />}
    </>
  )
}

function NewKey({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const make = useMutation({ mutationFn: admin.addKey, onSuccess: () => queries.invalidateQueries({ queryKey: ['keys'] }) })

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const day = String(form.get('expires'))
    make.mutate({
      name: String(form.get('name')),
      scopes: form.getAll('scope') as KeyScope[],
      ...(day === '' ? {} : { expiresAt: new Date(`${day}T00:00:00`).toISOString() }),
    })
  }

  return (
    <Modal open title={t('admin.keys.add')} onClose={onClose}>
      {make.data !== undefined ? (
        <>
          <Notice tone="warn">{t('admin.keys.once')}</Notice>
          <code className={table['key']}>{make.data.key}</code>
          <Button onClick={() => void navigator.clipboard.writeText(make.data.key)}>{t('admin.keys.copy')}</Button>
          <Button look="primary" onClick={onClose}>
            {t('admin.keys.kept')}
          </Button>
        </>
      ) : (
        <form className={table['form']} onSubmit={submit}>
          {make.isError && <ProblemNotice problem={make.error} />}
          <Field label={t('admin.keys.name')}>
            <input name="name" required maxLength={200} />
          </Field>
          <fieldset className={table['form']}>
            <legend>{t('admin.keys.scopes')}</legend>
            {keyScopes.map((scope) => (
              <label key={scope} className={table['check']}>
                <input type="checkbox" name="scope" value={scope} defaultChecked={scope === 'risk-engine'} />
                {t(`admin.keys.scope.${scope}`)}
              </label>
            ))}
          </fieldset>
          <Field label={t('admin.keys.expires')} hint={t('admin.keys.expiresHint')}>
            <input name="expires" type="date" />
          </Field>
          <Button look="primary" type="submit" busy={make.isPending}>
            {t('admin.keys.make')}
          </Button>
        </form>
      )}
    </Modal>
  )
}
