import { useTranslation } from 'react-i18next'
import { Button } from '../design/Button'
import { Notice } from '../design/Notice'
import { Skeleton } from '../design/Skeleton'
import { clockTime, useFormat } from '../design/useFormat'
import { DiallingBanner } from '../dialling/DiallingBanner'
import { AgentList } from './AgentList'
import { AlertList } from './AlertList'
import { Figure } from './Figure'
import { OpenCases } from './OpenCases'
import { PromiseChart } from './PromiseChart'
import { PromiseFigure } from './PromiseFigure'
import { useWallboard } from './useWallboard'
import styles from './WallboardPage.module.css'

/** Read from three metres away: few figures, each with its word, the worst first. */
export function WallboardPage() {
  const { t } = useTranslation()
  const format = useFormat()
  const { board, connection } = useWallboard()
  return (
    <main id="content" className={styles['page']}>
      <header className={styles['head']}>
        <h1>{t('supervision.wallboard.title')}</h1>
        {board !== null && <span className={styles['at']}>{t('supervision.wallboard.updated', { time: format.time(board.at) })}</span>}
        <Button onClick={(event) => void event.currentTarget.closest('main')?.requestFullscreen()}>{t('supervision.wallboard.fullScreen')}</Button>
      </header>
      <DiallingBanner />
      {connection === 'lost' && (
        <Notice tone="danger" urgent>
          {board === null ? t('connection.lost') : t('supervision.wallboard.lost', { time: format.time(board.at) })}
        </Notice>
      )}
      {board === null ? (
        <Skeleton lines={8} />
      ) : (
        <div className={styles['board']} data-stale={connection === 'lost'}>
          <section className={styles['figures']} aria-label={t('supervision.wallboard.title')}>
            <PromiseFigure today={board.promise.today} hour={board.promise.lastHour} />
            <Figure
              label={t('supervision.wallboard.waiting')}
              value={board.waiting}
              note={board.waiting > 0 ? t('supervision.wallboard.longestWait', { time: clockTime(board.longestWaitSeconds * 1_000) }) : undefined}
              tone={board.longestWaitSeconds > 60 ? 'danger' : board.waiting > 0 ? 'warn' : 'plain'}
            />
            <Figure label={t('supervision.wallboard.ringing')} value={board.ringing} />
            <Figure label={t('supervision.wallboard.talking')} value={board.talking} tone={board.talking > 0 ? 'good' : 'plain'} />
            <Figure label={t('supervision.wallboard.wrapUp')} value={board.wrapUp} />
            <Figure label={t('supervision.wallboard.needsAttention')} value={board.needsAttention} tone={board.needsAttention > 0 ? 'danger' : 'plain'} />
            <Figure
              label={t('supervision.wallboard.abandoned')}
              value={format.percent(board.abandoned.percent)}
              note={t('supervision.wallboard.abandonedOf', { count: board.abandoned.live, calls: board.abandoned.calls, limit: format.percent(board.abandoned.limitPercent) })}
              tone={board.abandoned.percent > board.abandoned.limitPercent ? 'danger' : board.abandoned.calls > 0 ? 'warn' : 'plain'}
            />
            <Figure label={t('supervision.wallboard.openCases')} value={board.openCases} />
          </section>
          <div className={styles['side']}>
            <OpenCases cases={board.cases} />
            <PromiseChart hours={board.promise.byHour} />
          </div>
          <div className={styles['side']}>
            <AlertList alerts={board.alerts} />
            <AgentList agents={board.agents} />
          </div>
        </div>
      )}
    </main>
  )
}
