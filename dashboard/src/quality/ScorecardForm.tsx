import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { verdictKinds } from '../../../domain/money'
import type { Scorecard } from '../../../domain/quality/scorecard'
import { caseKinds } from '../../../domain/status'
import { quality, type ScorecardView } from '../api/quality'
import { routing } from '../api/routing'
import { Button } from '../design/Button'
import { Modal } from '../design/Modal'
import { ProblemNotice } from '../design/ProblemNotice'
import table from '../design/Table.module.css'
import { Versions } from '../review/Versions'
import { Choices } from './Choices'
import styles from './Quality.module.css'
import { SectionFields } from './SectionFields'
import { emptyCard, newSection } from './scorecardDraft'
import { TextPair } from './TextPair'
import { useCardText } from './useCardText'

/** @param card undefined for a new one */
export function ScorecardForm({ card, onClose }: { card: ScorecardView | undefined; onClose: () => void }) {
  const { t } = useTranslation()
  const textOf = useCardText()
  const queries = useQueryClient()
  const queues = useQuery({ queryKey: ['queues'], queryFn: routing.queues })
  const [draft, setDraft] = useState<Scorecard>(() => card?.settings ?? emptyCard())
  const change = (part: Partial<Scorecard>) => setDraft({ ...draft, ...part })
  const applyTo = (part: Partial<Scorecard['appliesTo']>) => change({ appliesTo: { ...draft.appliesTo, ...part } })
  const save = useMutation({
    mutationFn: () => quality.saveScorecard(card, draft),
    async onSuccess() {
      await queries.invalidateQueries({ queryKey: ['scorecards'] })
      onClose()
    },
  })
  return (
    <Modal open title={card === undefined ? t('quality.card.add') : textOf(card.settings.name)} onClose={onClose}>
      <form
        className={table['form']}
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault()
          if (!save.isPending) save.mutate()
        }}
      >
        <TextPair label={t('quality.card.name')} max={80} value={draft.name} onChange={(name) => change({ name })} />
        <label className={table['check']}>
          <input type="checkbox" checked={draft.active} onChange={(event) => change({ active: event.target.checked })} />
          {t('quality.card.active')}
        </label>
        <Choices label={t('quality.card.kinds')} all={caseKinds} chosen={draft.appliesTo.kinds} nameOf={(kind) => t(`routing.queues.kind.${kind}`)} onChange={(kinds) => applyTo({ kinds })} />
        <Choices label={t('quality.card.verdicts')} all={verdictKinds} chosen={draft.appliesTo.verdicts} nameOf={(verdict) => t(`terms.verdict.${verdict}`)} onChange={(verdicts) => applyTo({ verdicts })} />
        {queues.data !== undefined && queues.data.length > 0 && (
          <Choices
            label={t('quality.card.queues')}
            all={queues.data.map(({ id }) => id)}
            chosen={draft.appliesTo.queues}
            nameOf={(id) => queues.data.find((queue) => queue.id === id)?.settings.name ?? id}
            onChange={(chosen) => applyTo({ queues: chosen })}
          />
        )}
        {draft.sections.map((section, index) => (
          <SectionFields
            key={section.id}
            number={index + 1}
            section={section}
            onChange={(changed) => change({ sections: draft.sections.map((one, at) => (at === index ? changed : one)) })}
            onRemove={draft.sections.length === 1 ? undefined : () => change({ sections: draft.sections.filter((_, at) => at !== index) })}
          />
        ))}
        <div className={styles['actions']}>
          <Button onClick={() => change({ sections: [...draft.sections, newSection()] })}>{t('quality.card.addSection')}</Button>
        </div>
        {save.isError && <ProblemNotice problem={save.error} />}
        <Button look="primary" type="submit" busy={save.isPending}>
          {t('quality.card.save')}
        </Button>
      </form>
      {card !== undefined && <Versions queryKey={['scorecard', card.id]} load={() => routing.versions('scorecard', card.id)} />}
    </Modal>
  )
}
