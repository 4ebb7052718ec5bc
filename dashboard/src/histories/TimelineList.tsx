import { useState } from 'react'
import type { TimelineEvent } from '../api/supervision'
import { Card } from '../design/Card'
import { EmptyState } from '../design/EmptyState'
import { Icon, type IconName } from '../design/Icon'
import { actorText, groupOf, sentenceOf, toneOf, type EventGroup, type SentenceContext } from './sentence'
import styles from './TimelineList.module.css'

const icons: Record<EventGroup, IconName> = {
  call: 'phone',
  money: 'money',
  person: 'person',
  flag: 'flag',
  promise: 'check',
  closed: 'lock',
  small: 'dot',
}

/** Everything that happened, in order, as sentences with time and actor; the recorded data is one click away. */
export function TimelineList({ events, context }: { events: readonly TimelineEvent[]; context: SentenceContext }) {
  const { t, format } = context
  const [all, setAll] = useState(false)
  const shown = all ? events : events.filter(({ type }) => groupOf(type) !== 'small')
  return (
    <Card
      title={t('supervision.case.timeline')}
      aside={
        <label className={styles['switch']}>
          <input type="checkbox" checked={all} onChange={(event) => setAll(event.target.checked)} />
          {t('supervision.case.smallSteps')}
        </label>
      }
    >
      {events.length === 0 ? (
        <EmptyState title={t('supervision.case.empty')} />
      ) : (
        <ol className={styles['events']}>
          {shown.map((event, index) => {
            const group = groupOf(event.type)
            const tone = toneOf(event)
            const day = format.date(event.at)
            const newDay = index === 0 || format.date(shown[index - 1]?.at ?? event.at) !== day
            return (
              <li key={event.id} className={styles['event']} data-group={group} data-tone={tone}>
                {newDay && <p className={styles['day']}>{day}</p>}
                <time className={styles['time']} dateTime={event.at} title={event.at}>
                  {format.time(event.at)}
                </time>
                <span className={styles['mark']}>
                  <Icon name={tone === 'danger' ? 'warning' : event.type === 'case_read' ? 'eye' : icons[group]} />
                </span>
                <div className={styles['text']}>
                  <p>{sentenceOf(event, context)}</p>
                  <details className={styles['data']}>
                    <summary>
                      {actorText(event.actor, context)}
                      <span className="visually-hidden"> – {t('supervision.case.details')}</span>
                    </summary>
                    <code>
                      {event.type} {JSON.stringify(event.data)}
                    </code>
                  </details>
                </div>
              </li>
            )
          })}
        </ol>
      )}
    </Card>
  )
}
