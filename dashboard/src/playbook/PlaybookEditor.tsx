import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { defaultPlaybook } from '../../../domain/reminder/defaultPlaybook'
import type { Playbook } from '../../../domain/reminder/playbook'
import { Button } from '../design/Button'
import foot from '../design/Foot.module.css'
import { ProblemNotice } from '../design/ProblemNotice'
import { reminder, type VersionedPlaybook } from '../reminder/reminder'
import { changesOf } from '../review/changes'
import { Effects } from '../review/Effects'
import { ReviewDialog } from '../review/ReviewDialog'
import { useReview } from '../review/useReview'
import { Versions } from '../review/Versions'
import { moved, newQuestion, withFirstOnTop, withoutQuestion, withQuestions } from './draft'
import styles from './Playbook.module.css'
import { PlaybookPreview } from './PlaybookPreview'
import { QuestionFields } from './QuestionFields'
import { ScamFields } from './ScamFields'
import { usePlaybookText } from './usePlaybookText'

const mostQuestions = 60

export function PlaybookEditor({ playbook: { version, body } }: { playbook: VersionedPlaybook }) {
  const { t } = useTranslation()
  const text = usePlaybookText()
  const inForce = withFirstOnTop(body)
  const [draft, setDraft] = useState(inForce)
  const review = useReview({
    forecast: (changed: Playbook) => reminder.forecastPlaybook(version, changed),
    save: (changed) => reminder.changePlaybook(version, changed),
    changes: [['playbook']],
    onSaved: () => undefined,
  })
  const inWords = (value: unknown) => (value === undefined ? undefined : String(value))
  const changes = changesOf(text.shown(inForce), text.shown(draft)).map(({ path, from, to }) => ({
    name: text.nameOf(path),
    from: inWords(from),
    to: inWords(to),
  }))
  const { questions } = draft

  return (
    <div className={styles['columns']}>
      <div className={styles['form']}>
        {questions.map((question, index) => (
          <QuestionFields
            key={question.id}
            question={question}
            index={index}
            questions={questions}
            problem={review.problem}
            onChange={(changed) => setDraft(withQuestions(draft, questions.with(index, changed)))}
            onMove={(by) => setDraft(withQuestions(draft, moved(questions, index, by)))}
            onRemove={() => setDraft(withoutQuestion(draft, question.id))}
          />
        ))}
        <div>
          <Button disabled={questions.length >= mostQuestions} onClick={() => setDraft(withQuestions(draft, [...questions, newQuestion(draft)]))}>
            {t('playbookEditor.addQuestion')}
          </Button>
        </div>
        <ScamFields scams={draft.scams} problem={review.problem} onChange={(scams) => setDraft({ ...draft, scams })} />
        {review.problem !== null && <ProblemNotice problem={review.problem} />}
        <div className={foot['foot']}>
          <span role="status">{t('admin.policy.changes', { count: changes.length })}</span>
          <Button disabled={changes.length === 0} onClick={() => setDraft(inForce)}>
            {t('admin.policy.reset')}
          </Button>
          <Button look="primary" busy={review.asking} disabled={changes.length === 0} onClick={() => review.ask(draft)}>
            {t('review.action')}
          </Button>
        </div>
        <Versions
          queryKey={['playbook', String(version)]}
          load={reminder.playbookVersions}
          shown={(one) => text.shown(withFirstOnTop(one))}
          nameOf={text.nameOf}
          original={defaultPlaybook}
          onUse={(earlier) => setDraft(withFirstOnTop(earlier))}
        />
        {version > 0 && (
          <div>
            <Button onClick={() => setDraft(withFirstOnTop(defaultPlaybook))}>{t('playbookEditor.useBuiltIn')}</Button>
          </div>
        )}
      </div>
      <PlaybookPreview playbook={draft} />
      {review.reviewed !== undefined && (
        <ReviewDialog
          {...review.reviewed.dialog}
          title={t('playbookEditor.reviewTitle')}
          lead={t('playbookEditor.reviewLead')}
          changes={changes}
          save={t('admin.policy.save')}
          warning={
            review.reviewed.effects.unreachable.length > 0
              ? t('playbookEditor.unreachable', { scams: review.reviewed.effects.unreachable.map((type) => t(`terms.scam.${type}`)).join(', ') })
              : undefined
          }
        >
          <Effects effects={[t('playbookEditor.talks', { count: review.reviewed.effects.talks })]} />
        </ReviewDialog>
      )}
    </div>
  )
}
