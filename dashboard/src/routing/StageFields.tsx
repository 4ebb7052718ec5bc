import { useTranslation } from 'react-i18next'
import type { Team } from '../api/routing'
import { Button } from '../design/Button'
import { Field } from '../design/Field'
import styles from './Routing.module.css'
import type { StageDraft } from './queueDraft'

interface StageFieldsProps {
  number: number
  stage: StageDraft
  teams: readonly Team[]
  onChange: (stage: StageDraft) => void
  onRemove: (() => void) | undefined
}

/** Whom a queue is open to from a moment on. */
export function StageFields({ number, stage, teams, onChange, onRemove }: StageFieldsProps) {
  const { t } = useTranslation()
  const toggled = (id: string) => (stage.teams.includes(id) ? stage.teams.filter((one) => one !== id) : [...stage.teams, id])
  return (
    <fieldset className={styles['group']}>
      <legend>{t('routing.queues.step', { number })}</legend>
      <div className={styles['pair']}>
        <Field label={t('routing.queues.afterSeconds')}>
          <input
            type="number"
            min={number === 1 ? 0 : 1}
            max={number === 1 ? 0 : 86_400}
            required
            value={stage.afterSeconds}
            onChange={(event) => onChange({ ...stage, afterSeconds: event.target.value })}
          />
        </Field>
        <Field label={t('routing.queues.skills')} hint={t('routing.queues.skillsHint')}>
          <input value={stage.skills} onChange={(event) => onChange({ ...stage, skills: event.target.value })} />
        </Field>
      </div>
      <label className={styles['check']}>
        <input type="checkbox" checked={stage.language} onChange={(event) => onChange({ ...stage, language: event.target.checked })} />
        {t('routing.queues.language')}
      </label>
      {teams.length > 0 && (
        <div role="group" aria-label={t('routing.queues.teams')} className={styles['checks']}>
          <span className={styles['hint']}>
            {t('routing.queues.teams')} ({t('routing.queues.teamsHint')})
          </span>
          {teams.map((team) => (
            <label key={team.id} className={styles['check']}>
              <input type="checkbox" checked={stage.teams.includes(team.id)} onChange={() => onChange({ ...stage, teams: toggled(team.id) })} />
              {team.settings.name}
            </label>
          ))}
        </div>
      )}
      {onRemove !== undefined && (
        <div>
          <Button aria-label={t('routing.queues.removeStep', { number })} onClick={onRemove}>
            {t('routing.queues.removeStep', { number })}
          </Button>
        </div>
      )}
    </fieldset>
  )
}
