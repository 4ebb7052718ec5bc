import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ScamType } from '../../../domain/money'
import type { Playbook } from '../../../domain/reminder/playbook'
import { Button } from '../design/Button'
import { Card } from '../design/Card'
import { Notice } from '../design/Notice'
import styles from '../reminder/reminder.module.css'
import { follow } from './draft'

interface QuestionWayProps {
  playbook: Playbook
  language: 'en' | 'zh'
  /** Is told what was named; undefined when the way was taken back or no scam was found. */
  onScam?: (scam: ScamType | undefined) => void
}

/** A few questions that end in the likely scam with the words that explain it. */
export function QuestionWay({ playbook, language, onScam }: QuestionWayProps) {
  const { t } = useTranslation()
  const [way, setWay] = useState<number[]>([])
  const { answers, question, scam } = follow(playbook, way)

  function go(next: number[]): void {
    setWay(next)
    const named = follow(playbook, next).scam
    onScam?.(named === undefined || named === 'none' ? undefined : named)
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
      {answers.length > 0 && (
        <ol className={styles['way']} lang={language}>
          {answers.map((answer, place) => (
            // oxlint-disable-next-line react/no-array-index-key -- a step is its place
            <li key={place}>{answer.say[language]}</li>
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
              {question.answers.map((answer, place) => (
                // oxlint-disable-next-line react/no-array-index-key -- an answer is its place
                <Button key={place} className={styles['answer']} onClick={() => go([...way, place])}>
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
              <dd>{playbook.scams[scam].how[language]}</dd>
              <dt>{t('reminder.tree.advise')}</dt>
              <dd className={styles['say']}>{playbook.scams[scam].advise[language]}</dd>
            </dl>
          </>
        )}
      </div>
    </Card>
  )
}
