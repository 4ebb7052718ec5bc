import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ScamType } from '../../../domain/money'
import type { Playbook } from '../../../domain/reminder/playbook'
import { Button } from '../design/Button'
import { Card } from '../design/Card'
import { Notice } from '../design/Notice'
import { ProblemNotice } from '../design/ProblemNotice'
import { Skeleton } from '../design/Skeleton'
import { reminder } from './reminder'
import styles from './reminder.module.css'

type Answer = Playbook['questions'][number]['answers'][number]

/**
 * A few questions, in the payer's language, that end in the likely scam with the words that explain it.
 * @param onScam is told what was named; undefined when the way was taken back or no scam was found
 */
export function QuestionTree({ locale, onScam }: { locale: string; onScam: (scam: ScamType | undefined) => void }) {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery({ queryKey: ['playbook'], queryFn: reminder.playbook, staleTime: 60_000 })
  const [way, setWay] = useState<Answer[]>([])
  const language = locale.toLowerCase().startsWith('zh') ? 'zh' : 'en'
  if (error) return <ProblemNotice problem={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton lines={6} />

  const { body } = data
  const last = way.at(-1)
  const question = body.questions.find(({ id }) => id === (last ? last.next : body.start))
  const scam = last?.scam

  function go(next: Answer[]): void {
    setWay(next)
    const named = next.at(-1)?.scam
    onScam(named === undefined || named === 'none' ? undefined : named)
  }

  return (
    <Card
      title={t('reminder.tree.title')}
      aside={
        way.length > 0 && (
          <Button look="quiet" onClick={() => go(way.slice(0, -1))}>
            {t('reminder.tree.back')}
          </Button>
        )
      }
    >
      {way.length > 0 && (
        <ol className={styles['way']} lang={language}>
          {way.map((answer) => (
            <li key={answer.say.en}>{answer.say[language]}</li>
          ))}
        </ol>
      )}
      <div aria-live="polite">
        {question !== undefined && (
          <>
            <p className={styles['ask']} lang={language}>
              {question.ask[language]}
            </p>
            <div className={styles['answers']} lang={language}>
              {question.answers.map((answer) => (
                <Button key={answer.say.en} className={styles['answer']} onClick={() => go([...way, answer])}>
                  {answer.say[language]}
                </Button>
              ))}
            </div>
          </>
        )}
        {scam === 'none' && <Notice tone="info">{t('reminder.tree.none')}</Notice>}
        {scam !== undefined && scam !== 'none' && (
          <>
            <Notice tone="danger" title={t('reminder.tree.likely', { scam: t(`terms.scam.${scam}`) })} />
            <dl className={styles['explain']} lang={language}>
              <dt>{t('reminder.tree.how')}</dt>
              <dd>{body.scams[scam]?.how[language]}</dd>
              <dt>{t('reminder.tree.advise')}</dt>
              <dd className={styles['say']}>{body.scams[scam]?.advise[language]}</dd>
            </dl>
          </>
        )}
      </div>
    </Card>
  )
}
