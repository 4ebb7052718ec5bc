import { useTranslation } from 'react-i18next'
import type { ReachView } from '../../../api/routing/reach'
import styles from './Effects.module.css'

/** What a change will do, one sentence each. */
export function Effects({ effects }: { effects: readonly string[] }) {
  const { t } = useTranslation()
  return (
    <section className={styles['effects']} aria-label={t('review.effects.title')}>
      <h3>{t('review.effects.title')}</h3>
      <ul>
        {(effects.length === 0 ? [t('review.effects.none')] : effects).map((effect) => (
          <li key={effect}>{effect}</li>
        ))}
      </ul>
    </section>
  )
}

/** Whose cases more or fewer agents may have, in words. */
export function useReachText() {
  const { t } = useTranslation()
  const nameOf = ({ name }: ReachView[number]) => name ?? t('review.effects.noQueue')
  return {
    effects: (queues: ReachView) =>
      queues.map((queue) => t('review.effects.reach', { queue: nameOf(queue), before: queue.agentsBefore, after: queue.agentsAfter, waiting: queue.waiting })),
    /** Cases that nobody could have any more. */
    warning(queues: ReachView): string | undefined {
      const abandoned = queues.filter(({ agentsAfter }) => agentsAfter === 0)
      if (abandoned.length === 0) return undefined
      return abandoned.map((queue) => t('review.effects.nobody', { queue: nameOf(queue), count: queue.waiting })).join(' ')
    },
  }
}
