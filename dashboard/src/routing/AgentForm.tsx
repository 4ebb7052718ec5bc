import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { routing, type RoutedAgent, type Team } from '../api/routing'
import { Button } from '../design/Button'
import { Field } from '../design/Field'
import { Modal } from '../design/Modal'
import { ProblemNotice } from '../design/ProblemNotice'
import table from '../design/Table.module.css'
import { changesInWords } from '../review/changes'
import { Effects, useReachText } from '../review/Effects'
import { ReviewDialog } from '../review/ReviewDialog'
import { useReview } from '../review/useReview'
import { Versions } from '../review/Versions'
import { listOf, skillsOf, skillsText } from './queueDraft'
import styles from './Routing.module.css'

/** What an agent can do and whose cases they may have; what a change will do is shown before it is saved. */
export function AgentForm({ agent, teams, onClose }: { agent: RoutedAgent; teams: readonly Team[]; onClose: () => void }) {
  const { t } = useTranslation()
  const reach = useReachText()
  const [draft, setDraft] = useState(agent.settings)
  const review = useReview({
    forecast: (settings: RoutedAgent['settings']) => routing.forecastAgent(agent, settings),
    save: (settings) => routing.saveAgent(agent, settings),
    changes: [['routed-agents'], ['teams']],
    onSaved: onClose,
  })
  const names = { skills: t('routing.agents.skills'), languages: t('routing.agents.languages'), teams: t('routing.agents.teams'), chatLimit: t('routing.agents.chats') }
  const inWords = ({ skills, languages, teams: ids, chatLimit }: RoutedAgent['settings']) => ({
    [names.skills]: skillsText(skills),
    [names.languages]: languages.join(', '),
    [names.teams]: ids.map((id) => teams.find((team) => team.id === id)?.settings.name ?? id).join(', '),
    [names.chatLimit]: chatLimit === null ? t('routing.agents.chatsByPolicy') : String(chatLimit),
  })

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const chats = String(form.get('chats')).trim()
    const next = {
      skills: skillsOf(String(form.get('skills'))),
      languages: listOf(String(form.get('languages'))),
      teams: form.getAll('team').map(String),
      chatLimit: chats === '' ? null : Number(chats),
    }
    setDraft(next)
    review.ask(next)
  }

  if (review.reviewed !== undefined)
    return (
      <ReviewDialog
        {...review.reviewed.dialog}
        title={t('routing.agents.reviewTitle', { name: agent.name })}
        lead={t('routing.agents.reviewLead')}
        changes={changesInWords(inWords(agent.settings), inWords(draft))}
        warning={reach.warning(review.reviewed.effects.queues)}
      >
        <Effects effects={reach.effects(review.reviewed.effects.queues)} />
      </ReviewDialog>
    )
  return (
    <Modal open title={agent.name} onClose={onClose}>
      <form className={table['form']} onSubmit={submit} autoComplete="off">
        {review.problem !== null && <ProblemNotice problem={review.problem} />}
        <Field label={names.skills} hint={t('routing.queues.skillsHint')}>
          <input name="skills" defaultValue={skillsText(draft.skills)} />
        </Field>
        <Field label={names.languages} hint={t('routing.queues.languagesHint')}>
          <input name="languages" defaultValue={draft.languages.join(', ')} />
        </Field>
        <Field label={names.chatLimit} hint={t('routing.agents.chatsHint')}>
          <input name="chats" type="number" min={0} max={20} defaultValue={draft.chatLimit ?? ''} />
        </Field>
        {teams.length > 0 && (
          <div role="group" aria-label={names.teams} className={styles['checks']}>
            {teams.map((team) => (
              <label key={team.id} className={styles['check']}>
                <input type="checkbox" name="team" value={team.id} defaultChecked={draft.teams.includes(team.id)} />
                {team.settings.name}
              </label>
            ))}
          </div>
        )}
        <Button look="primary" type="submit" busy={review.asking}>
          {t('review.action')}
        </Button>
      </form>
      <Versions
        queryKey={['agent', agent.id]}
        load={() => routing.versions('agent', agent.id)}
        nameOf={([part = '', ...rest]) => [part in names ? names[part as keyof typeof names] : part, ...rest].join(' – ')}
      />
    </Modal>
  )
}
