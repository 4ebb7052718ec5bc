import { useQuery } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'wouter'
import { caseKinds, type CaseKind } from '../../../domain/status'
import { rules } from '../api/rules'
import { Button } from '../design/Button'
import { Card } from '../design/Card'
import { DataTable } from '../design/DataTable'
import { Field } from '../design/Field'
import { ProblemNotice } from '../design/ProblemNotice'
import { Skeleton } from '../design/Skeleton'
import { useFormat } from '../design/useFormat'
import { useSession } from '../session/useSession'
import { ScriptEditor } from './ScriptEditor'
import styles from './Rules.module.css'

/** Which scripts there are; one of them is open by its address. */
export function ScriptsTab() {
  const { t } = useTranslation()
  const format = useFormat()
  const [address, setAddress] = useSearchParams()
  const mayChange = useSession().data?.role !== 'supervisor'
  const scripts = useQuery({ queryKey: ['scripts'], queryFn: rules.scripts })
  const kind = caseKinds.find((each) => each === address.get('kind'))
  const language = address.get('language')
  const open = (subject: { kind: CaseKind; language: string }) => setAddress({ ...subject })

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    open({ kind: String(form.get('kind')) as CaseKind, language: String(form.get('language')).trim() })
  }

  if (kind !== undefined && language !== null)
    return <ScriptEditor key={`${kind}/${language}`} subject={{ kind, language }} mayChange={mayChange} onClose={() => setAddress({})} />
  if (scripts.isError) return <ProblemNotice problem={scripts.error} onRetry={() => void scripts.refetch()} />
  if (scripts.isPending) return <Skeleton lines={6} />
  return (
    <>
      <p>{t('rules.scripts.lead')}</p>
      <DataTable
        label={t('rules.tab.scripts')}
        rows={scripts.data}
        keyOf={(one) => `${one.kind}/${one.language}`}
        columns={[
          { heading: t('rules.scripts.kind'), render: (one) => t(`routing.queues.kind.${one.kind}`) },
          { heading: t('rules.scripts.language'), render: (one) => format.language(one.language) },
          { heading: t('rules.scripts.version'), render: ({ version }) => (version === 0 ? t('rules.scripts.builtIn') : version) },
          { heading: t('rules.scripts.changed'), render: ({ changedAt, changedBy, changedByName }) => (changedAt === null ? '–' : `${format.dateTime(changedAt)} · ${changedByName ?? changedBy}`) },
          {
            heading: t('routing.actions'),
            render: (one) => (
              <Button aria-label={`${t('rules.scripts.open')}: ${t(`routing.queues.kind.${one.kind}`)}, ${format.language(one.language)}`} onClick={() => open(one)}>
                {t('rules.scripts.open')}
              </Button>
            ),
          },
        ]}
      />
      {mayChange && (
        <Card title={t('rules.scripts.add')}>
          <form className={styles['adding']} onSubmit={submit}>
            <Field label={t('rules.scripts.kind')}>
              <select name="kind">
                {caseKinds.map((each) => (
                  <option key={each} value={each}>
                    {t(`routing.queues.kind.${each}`)}
                  </option>
                ))}
              </select>
            </Field>
            <Field label={t('rules.scripts.language')} hint={t('rules.scripts.languageHint')}>
              <input name="language" required pattern="[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}" autoComplete="off" />
            </Field>
            <Button type="submit">{t('rules.scripts.write')}</Button>
          </form>
        </Card>
      )}
    </>
  )
}
