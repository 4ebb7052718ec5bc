import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { caseKinds } from '../../../domain/status'
import { routing, type Queue, type QueueDialMode, type QueueSettings, type Team } from '../api/routing'
import { Button } from '../design/Button'
import { Field } from '../design/Field'
import { Modal } from '../design/Modal'
import { ProblemNotice } from '../design/ProblemNotice'
import table from '../design/Table.module.css'
import { useReview } from '../review/useReview'
import { Versions } from '../review/Versions'
import { draftOf, emptyStage, settingsOf, type QueueDraft } from './queueDraft'
import { QueueReview } from './QueueReview'
import styles from './Routing.module.css'
import { StageFields } from './StageFields'

const modes: readonly QueueDialMode[] = ['adaptive', 'agent_first', 'customer_first', 'preview', 'automated']
const texts = ['languages', 'methods', 'currency'] as const
const numbers = ['amountFrom', 'amountBelow', 'scoreFrom', 'scoreBelow'] as const

/** @param queue undefined for a new one */
export function QueueForm({ queue, teams, onClose }: { queue: Queue | undefined; teams: readonly Team[]; onClose: () => void }) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState<QueueDraft>(() => draftOf(queue?.settings))
  const change = (part: Partial<QueueDraft>) => setDraft({ ...draft, ...part })
  const review = useReview({
    forecast: (settings: QueueSettings) => routing.forecast(queue?.id, settings),
    save: (settings) => routing.saveQueue(queue, settings),
    changes: [['queues']],
    onSaved: onClose,
  })

  function submit(event: FormEvent): void {
    event.preventDefault()
    review.ask(settingsOf(draft))
  }

  if (review.reviewed !== undefined)
    return <QueueReview {...review.reviewed.dialog} before={queue?.settings} after={review.reviewed.draft} forecast={review.reviewed.effects} teams={teams} />
  return (
    <Modal open title={queue === undefined ? t('routing.queues.add') : queue.settings.name} onClose={onClose}>
      <form className={table['form']} onSubmit={submit} autoComplete="off">
        {review.problem !== null && <ProblemNotice problem={review.problem} />}
        <div className={styles['pair']}>
          <Field label={t('routing.queues.name')}>
            <input required maxLength={80} value={draft.name} onChange={(event) => change({ name: event.target.value })} />
          </Field>
          <Field label={t('routing.queues.position')} hint={t('routing.queues.positionHint')}>
            <input type="number" min={0} max={10_000} required value={draft.position} onChange={(event) => change({ position: event.target.value })} />
          </Field>
        </div>
        <label className={styles['check']}>
          <input type="checkbox" checked={draft.active} onChange={(event) => change({ active: event.target.checked })} />
          {t('routing.queues.on')}
        </label>
        <fieldset className={styles['group']}>
          <legend>{t('routing.queues.conditions')}</legend>
          <p className={styles['hint']}>{t('routing.queues.conditionsHint')}</p>
          <div role="group" aria-label={t('routing.queues.kinds')} className={styles['checks']}>
            {caseKinds.map((kind) => (
              <label key={kind} className={styles['check']}>
                <input
                  type="checkbox"
                  checked={draft.kinds.includes(kind)}
                  onChange={() => change({ kinds: draft.kinds.includes(kind) ? draft.kinds.filter((one) => one !== kind) : [...draft.kinds, kind] })}
                />
                {t(`routing.queues.kind.${kind}`)}
              </label>
            ))}
          </div>
          <div className={styles['pair']}>
            {texts.map((name) => (
              <Field key={name} label={t(`routing.queues.${name}`)} hint={name === 'methods' ? t('routing.listHint') : t(`routing.queues.${name}Hint`)}>
                <input value={draft[name]} onChange={(event) => change({ [name]: event.target.value })} />
              </Field>
            ))}
            {numbers.map((name) => (
              <Field key={name} label={t(`routing.queues.${name}`)}>
                <input type="number" min={0} value={draft[name]} onChange={(event) => change({ [name]: event.target.value })} />
              </Field>
            ))}
          </div>
        </fieldset>
        {draft.stages.map((stage, index) => (
          <StageFields
            // oxlint-disable-next-line react/no-array-index-key -- a step is its place
            key={index}
            number={index + 1}
            stage={stage}
            teams={teams.filter((team) => team.settings.active || stage.teams.includes(team.id))}
            onChange={(changed) => change({ stages: draft.stages.map((one, at) => (at === index ? changed : one)) })}
            onRemove={index === 0 ? undefined : () => change({ stages: draft.stages.filter((_, at) => at !== index) })}
          />
        ))}
        <div>
          <Button onClick={() => change({ stages: [...draft.stages, { ...emptyStage, afterSeconds: String(Number(draft.stages.at(-1)?.afterSeconds ?? 0) + 30) }] })}>
            {t('routing.queues.addStep')}
          </Button>
        </div>
        <Field label={t('routing.queues.dialMode')}>
          <select value={draft.dialMode} onChange={(event) => change({ dialMode: event.target.value as QueueDialMode })}>
            {modes.map((mode) => (
              <option key={mode} value={mode}>
                {t(`routing.queues.mode.${mode}`)}
              </option>
            ))}
          </select>
        </Field>
        <Button look="primary" type="submit" busy={review.asking}>
          {t('review.action')}
        </Button>
      </form>
      {queue !== undefined && <Versions queryKey={['queue', queue.id]} load={() => routing.versions('queue', queue.id)} />}
    </Modal>
  )
}
