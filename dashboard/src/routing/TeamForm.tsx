import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { routing, type Team } from '../api/routing'
import { Button } from '../design/Button'
import { Field } from '../design/Field'
import { Modal } from '../design/Modal'
import { ProblemNotice } from '../design/ProblemNotice'
import table from '../design/Table.module.css'
import { changesInWords } from '../review/changes'
import { Effects } from '../review/Effects'
import { ReviewDialog } from '../review/ReviewDialog'
import { useReview } from '../review/useReview'
import { Versions } from '../review/Versions'
import styles from './Routing.module.css'

/** @param team undefined for a new one */
export function TeamForm({ team, onClose }: { team: Team | undefined; onClose: () => void }) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState<Team['settings']>(team?.settings ?? { name: '', active: true })
  const review = useReview({
    forecast: (settings: Team['settings']) => routing.forecastTeam(team, settings),
    save: (settings) => routing.saveTeam(team, settings),
    changes: [['teams']],
    onSaved: onClose,
  })
  const names = { name: t('routing.teams.name'), active: t('routing.state') }
  const inWords = ({ name, active }: Team['settings']) => ({ [names.name]: name, [names.active]: t(active ? 'routing.active' : 'routing.inactive') })

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    review.ask(draft)
  }

  if (review.reviewed !== undefined) {
    const { members, queues } = review.reviewed.effects
    const effects = [t('routing.teams.effectMembers', { count: members }), ...queues.map((queue) => t('routing.teams.effectQueue', { queue }))]
    return (
      <ReviewDialog
        {...review.reviewed.dialog}
        title={t('routing.teams.reviewTitle')}
        lead={t(draft.active ? 'routing.teams.reviewLead' : 'routing.teams.reviewClosing')}
        changes={changesInWords(team === undefined ? {} : inWords(team.settings), inWords(draft))}
      >
        <Effects effects={effects} />
      </ReviewDialog>
    )
  }
  return (
    <Modal open title={team?.settings.name ?? t('routing.teams.add')} onClose={onClose}>
      <form className={table['form']} onSubmit={submit} autoComplete="off">
        {review.problem !== null && <ProblemNotice problem={review.problem} />}
        <Field label={names.name}>
          <input required maxLength={80} value={draft.name} onChange={(event) => setDraft({ ...draft, name: event.target.value })} />
        </Field>
        <label className={styles['check']}>
          <input type="checkbox" checked={draft.active} onChange={(event) => setDraft({ ...draft, active: event.target.checked })} />
          {t('routing.queues.on')}
        </label>
        <Button look="primary" type="submit" busy={review.asking}>
          {t('review.action')}
        </Button>
      </form>
      {team !== undefined && (
        <Versions
          queryKey={['team', team.id]}
          load={() => routing.versions('team', team.id)}
          nameOf={([part = '']) => (part in names ? names[part as keyof typeof names] : part)}
        />
      )}
    </Modal>
  )
}
