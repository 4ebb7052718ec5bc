import type { Attempt } from '../api/caseView'
import { Card } from '../design/Card'
import { ScrollArea } from '../design/ScrollArea'
import { timeline } from '../language/en/timeline'
import styles from './AttemptsTable.module.css'
import type { SentenceContext } from './sentence'

type Why = keyof typeof timeline.why

export function AttemptsTable({ attempts, context }: { attempts: readonly Attempt[]; context: SentenceContext }) {
  const { t, format, people } = context
  const time = (at: string | null) => (at === null ? '–' : format.time(at))
  return (
    <Card title={t('supervision.case.attempts')}>
      {attempts.length === 0 ? (
        <p className={styles['none']}>{t('supervision.case.noAttempts')}</p>
      ) : (
        <ScrollArea className={styles['frame']} label={t('supervision.case.attempts')}>
          <table className={styles['table']}>
            <thead>
              <tr>
                {(['number', 'phone', 'mode', 'why', 'rang', 'answered', 'talked', 'ended', 'result', 'agent'] as const).map((name) => (
                  <th key={name} scope="col">
                    {t(`supervision.case.${name}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {attempts.map((attempt) => (
                <tr key={attempt.attemptId}>
                  <td>{attempt.number}</td>
                  <td>{attempt.phone}</td>
                  <td>{t(`terms.mode.${attempt.mode}`)}</td>
                  <td className={styles['why']}>
                    {attempt.reason !== null && attempt.reason in timeline.why ? t(`timeline.why.${attempt.reason as Why}`) : (attempt.reason ?? '')}
                  </td>
                  <td>{time(attempt.rangAt)}</td>
                  <td>{time(attempt.answeredAt)}</td>
                  <td>{time(attempt.contactAt)}</td>
                  <td>{time(attempt.endedAt)}</td>
                  <td>
                    {attempt.outcome === null ? t(`terms.attemptStatus.${attempt.status}`) : t(`terms.attemptOutcome.${attempt.outcome}`)}
                    {attempt.errorCode !== null && ` (${attempt.errorCode})`}
                  </td>
                  <td>{attempt.agentId === null ? '–' : (people[attempt.agentId] ?? attempt.agentId)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollArea>
      )}
    </Card>
  )
}
