import { useQuery } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { verdictKinds } from '../../../domain/money'
import { caseOutcomes, caseStatuses } from '../../../domain/status'
import { supervision } from '../api/supervision'
import { Button } from '../design/Button'
import { Field } from '../design/Field'
import { readFilter, type Filter } from './filter'
import styles from './FilterForm.module.css'

export function FilterForm({ filter, onSearch }: { filter: Filter; onSearch: (filter: Filter) => void }) {
  const { t } = useTranslation()
  const agents = useQuery({ queryKey: ['agents'], queryFn: async () => (await supervision.wallboard()).agents, staleTime: 60_000 })

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    const given = new FormData(event.currentTarget)
    onSearch(readFilter(new URLSearchParams([...given].map(([field, value]): [string, string] => [field, String(value)]))))
  }

  const any = <option value="">{t('supervision.histories.any')}</option>
  return (
    <form className={styles['form']} role="search" onSubmit={submit}>
      <div className={styles['wide']}>
        <Field label={t('supervision.histories.search')}>
          <input name="q" type="search" defaultValue={filter.q} placeholder={t('supervision.histories.searchHint')} maxLength={200} />
        </Field>
      </div>
      <Field label={t('supervision.histories.status')}>
        <select name="status" defaultValue={filter.status}>
          {any}
          {caseStatuses.map((status) => (
            <option key={status} value={status}>
              {t(`terms.caseStatus.${status}`)}
            </option>
          ))}
        </select>
      </Field>
      <Field label={t('supervision.histories.outcome')}>
        <select name="outcome" defaultValue={filter.outcome}>
          {any}
          {caseOutcomes.map((outcome) => (
            <option key={outcome} value={outcome}>
              {t(`terms.outcome.${outcome}`)}
            </option>
          ))}
        </select>
      </Field>
      <Field label={t('supervision.histories.verdict')}>
        <select name="verdict" defaultValue={filter.verdict}>
          {any}
          {verdictKinds.map((verdict) => (
            <option key={verdict} value={verdict}>
              {t(`terms.verdict.${verdict}`)}
            </option>
          ))}
        </select>
      </Field>
      <Field label={t('supervision.histories.agent')}>
        <select key={agents.data?.length ?? 0} name="agentId" defaultValue={filter.agentId}>
          {any}
          {agents.data?.map((agent) => (
            <option key={agent.id} value={agent.id}>
              {agent.name}
            </option>
          ))}
        </select>
      </Field>
      <Field label={t('supervision.histories.from')}>
        <input name="from" type="date" defaultValue={filter.from} />
      </Field>
      <Field label={t('supervision.histories.to')}>
        <input name="to" type="date" defaultValue={filter.to} />
      </Field>
      <Field label={t('supervision.histories.minAmount')}>
        <input
          name="minAmount"
          type="number"
          min="0"
          step="any"
          inputMode="decimal"
          title={t('supervision.histories.minAmountHint')}
          defaultValue={filter.minAmount}
        />
      </Field>
      <Field label={t('keeping.filters.maxAmount')}>
        <input name="maxAmount" type="number" min="0" step="any" inputMode="decimal" title={t('supervision.histories.minAmountHint')} defaultValue={filter.maxAmount} />
      </Field>
      <Field label={t('keeping.filters.period')}>
        <select name="withinDays" defaultValue={filter.withinDays}>
          {any}
          {[1, 7, 30, 90].map((count) => (
            <option key={count} value={count}>
              {t('keeping.filters.days', { count })}
            </option>
          ))}
        </select>
      </Field>
      <div className={styles['actions']}>
        <Button look="primary" type="submit">
          {t('supervision.histories.apply')}
        </Button>
        {Object.keys(filter).length > 0 && <Button onClick={() => onSearch({})}>{t('supervision.histories.clear')}</Button>}
      </div>
    </form>
  )
}
