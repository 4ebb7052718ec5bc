import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { routing, type Queue } from '../api/routing'
import { rules, type CallerNumber, type CallerNumbersView } from '../api/rules'
import { Badge } from '../design/Badge'
import { Button } from '../design/Button'
import { DataTable } from '../design/DataTable'
import { Loaded } from '../design/Loaded'
import table from '../design/Table.module.css'
import { useFormat } from '../design/useFormat'
import { changesOf, valueInWords } from '../review/changes'
import { ReviewDialog } from '../review/ReviewDialog'
import { Versions } from '../review/Versions'
import { useSession } from '../session/useSession'
import { NumberForm } from './NumberForm'
import { useListDraft, type ListDraft } from './useListDraft'

/** Numbers by themselves, so that a change is told as one of this number. */
const byPhone = (numbers: readonly CallerNumber[]) => Object.fromEntries(numbers.map(({ phone, ...rest }) => [phone, rest]))

export function NumbersTab() {
  const list = useQuery({ queryKey: ['caller-numbers'], queryFn: rules.callerNumbers })
  const role = useSession().data?.role
  // Compliance sees the ids of queues; their names are of those who arrange them.
  const queues = useQuery({ queryKey: ['queues'], queryFn: routing.queues, enabled: role === 'admin' || role === 'supervisor' })
  // Kept here, so that a reading that fails loses nothing that was written.
  const change = useListDraft<CallerNumber>()
  return (
    <Loaded query={list} lines={6}>
      {(view) => <Numbers view={view} queues={queues.data ?? []} change={change} />}
    </Loaded>
  )
}

interface NumbersProps {
  view: CallerNumbersView
  queues: readonly Queue[]
  change: ListDraft<CallerNumber>
}

function Numbers({ view, queues, change }: NumbersProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const role = useSession().data?.role
  const mayChange = role === 'compliance' || role === 'admin'
  const { configured, numbers, version } = view
  const queueName = (id: string) => queues.find((queue) => queue.id === id)?.settings.name ?? id
  const state = ({ active, validated }: CallerNumber) =>
    validated ? <Badge tone={active ? 'good' : 'neutral'}>{t(active ? 'rules.numbers.active' : 'rules.numbers.paused')}</Badge> : <Badge tone="warn">{t('rules.numbers.unproven')}</Badge>
  return (
    <>
      <div className={table['head']}>
        <p>{t(numbers.length === 0 ? 'rules.numbers.none' : 'rules.numbers.lead', { configured })}</p>
        {mayChange && (
          <Button look="primary" onClick={() => change.edit('new')}>
            {t('rules.numbers.add')}
          </Button>
        )}
      </div>
      {numbers.length > 0 && (
        <DataTable
          label={t('rules.tab.numbers')}
          rows={numbers}
          keyOf={({ phone }) => phone}
          columns={[
            { heading: t('rules.numbers.phone'), render: ({ phone }) => phone },
            { heading: t('rules.numbers.countries'), render: ({ countries }) => countries.map(format.country).join(', ') || t('rules.numbers.anywhere') },
            { heading: t('rules.numbers.queues'), render: ({ queues: ids }) => ids.map(queueName).join(', ') || t('rules.numbers.any') },
            { heading: t('rules.numbers.state'), render: state },
            { heading: t('rules.numbers.attestation'), render: ({ attestation }) => attestation },
            {
              heading: t('routing.actions'),
              render: (number) =>
                mayChange && (
                  <Button aria-label={`${t('routing.edit')}: ${number.phone}`} onClick={() => change.edit(number)}>
                    {t('routing.edit')}
                  </Button>
                ),
            },
          ]}
        />
      )}
      {change.editing !== undefined && (
        <NumberForm
          number={change.editing === 'new' ? undefined : change.editing}
          queues={queues}
          onClose={() => change.edit(undefined)}
          onReview={(changed) => change.review(numbers, changed)}
        />
      )}
      {change.draft !== undefined && <NumbersReview before={view} after={change.draft} onCancel={change.takeBack} onSaved={change.done} />}
      <Versions queryKey={['caller-numbers', String(version)]} load={rules.numberVersions} />
    </>
  )
}

interface NumbersReviewProps {
  before: CallerNumbersView
  after: CallerNumber[]
  onCancel: () => void
  onSaved: () => void
}

function NumbersReview({ before, after, onCancel, onSaved }: NumbersReviewProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const queries = useQueryClient()
  const forecast = useQuery({ queryKey: ['caller-numbers', 'forecast', after], queryFn: () => rules.forecastNumbers({ numbers: after }), retry: false, gcTime: 0 })
  const save = useMutation({
    mutationFn: () => rules.saveNumbers(before.version, { numbers: after }),
    async onSuccess() {
      await queries.invalidateQueries({ queryKey: ['caller-numbers'] })
      onSaved()
    },
  })
  const shown = (phones: readonly (string | null)[]) => phones.map((phone) => phone ?? `${before.configured} (${t('rules.numbers.configured')})`).join(', ')
  const part = (path: readonly string[]) => {
    const names = { countries: 'countries', queues: 'queues', active: 'isActive', validated: 'isValidated', attestation: 'attestation' } as const
    const key = path[1] ?? ''
    return `${path[0]}: ${key in names ? t(`rules.numbers.${names[key as keyof typeof names]}`) : key}`
  }
  return (
    <ReviewDialog
      title={t('rules.numbers.reviewTitle')}
      lead={t('rules.numbers.reviewLead')}
      changes={changesOf(byPhone(before.numbers), byPhone(after)).map(({ path, from, to }) => ({ name: part(path), from: valueInWords(t, from), to: valueInWords(t, to) }))}
      busy={save.isPending || forecast.isPending}
      problem={save.error ?? forecast.error}
      onCancel={onCancel}
      onSave={() => save.mutate()}
    >
      {forecast.data !== undefined && forecast.data.countries.length > 0 && (
        <>
          <p>{t('rules.numbers.forecast')}</p>
          <DataTable
            label={t('rules.numbers.forecast')}
            rows={forecast.data.countries}
            keyOf={({ country }) => country ?? ''}
            columns={[
              { heading: t('rules.numbers.countries'), render: ({ country }) => (country === null ? t('rules.numbers.unknownCountry') : format.country(country)) },
              { heading: t('rules.numbers.calls'), render: ({ calls }) => format.number(calls) },
              { heading: t('rules.numbers.showed'), render: (one) => shown(one.before) },
              { heading: t('rules.numbers.wouldShow'), render: (one) => shown(one.after) },
            ]}
          />
        </>
      )}
    </ReviewDialog>
  )
}
