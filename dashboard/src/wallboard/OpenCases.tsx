import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { attentionAdvice } from '../attention/attention'
import type { Wallboard } from '../api/supervision'
import { Badge } from '../design/Badge'
import { Card } from '../design/Card'
import { Icon } from '../design/Icon'
import { clockTime } from '../design/useFormat'
import { useNow } from '../design/useNow'
import { MonitorControls } from '../monitoring/MonitorControls'
import { useSession } from '../session/useSession'
import styles from './OpenCases.module.css'

const shownAtOnce = 25

export function OpenCases({ cases }: { cases: Wallboard['cases'] }) {
  const { t } = useTranslation()
  const now = useNow(1_000)
  const joins = useSession().data?.role === 'supervisor'
  return (
    <Card title={t('supervision.wallboard.cases')}>
      {cases.length === 0 ? (
        <p className={styles['none']}>{t('supervision.wallboard.noCases')}</p>
      ) : (
        <table className={styles['cases']}>
          <thead>
            <tr>
              <th scope="col">{t('supervision.wallboard.promise')}</th>
              <th scope="col">{t('supervision.wallboard.status')}</th>
              <th scope="col">{t('supervision.wallboard.agent')}</th>
              <th scope="col" className={styles['number']}>
                {t('supervision.wallboard.priority')}
              </th>
              <th scope="col">{t('supervision.wallboard.case')}</th>
              {joins && <th scope="col">{t('live.monitor.column')}</th>}
            </tr>
          </thead>
          <tbody>
            {cases.slice(0, shownAtOnce).map((open) => {
              const left = Date.parse(open.deadline) - now
              const attention = open.needsAttention && attentionAdvice(t, open.needsAttention).what
              const rang = open.firstRingAt === null ? undefined : open.firstRingAt <= open.deadline
              return (
                <tr key={open.caseId}>
                  <td className={styles['left']}>
                    {rang === undefined ? (
                      <strong className={left < 0 ? styles['over'] : left < 60_000 ? styles['soon'] : undefined}>
                        {left < 0 ? `−${clockTime(-left)}` : clockTime(left)}
                      </strong>
                    ) : (
                      <span className={rang ? styles['rang'] : styles['over']}>
                        {t(rang ? 'supervision.wallboard.rang' : 'supervision.wallboard.rangLate')}
                      </span>
                    )}
                  </td>
                  <td>
                    <Badge tone={open.status === 'talking' ? 'good' : open.status === 'awaiting_verdict' ? 'warn' : 'neutral'}>
                      {t(`terms.caseStatus.${open.status}`)}
                    </Badge>
                    {attention !== null && (
                      <span className={styles['over']} title={attention}>
                        {' '}
                        <Icon name="warning" />
                        <span className="visually-hidden">{attention}</span>
                      </span>
                    )}
                  </td>
                  <td>
                    {open.agent?.name ?? '–'}
                    {open.help !== null && open.help.answeredBy === null && <strong className={styles['over']}> {t('live.help.asked')}</strong>}
                  </td>
                  <td className={styles['number']}>{open.priority}</td>
                  <td>
                    <Link href={`/histories/${open.caseId}`} className={styles['id']}>
                      {shortId(open.caseId)}
                    </Link>
                  </td>
                  {joins && (
                    <td>
                      <MonitorControls call={open} />
                    </td>
                  )}
                </tr>
              )
            })}
          </tbody>
        </table>
      )}
    </Card>
  )
}

/** Enough of an id to tell two cases apart on a wall. */
export function shortId(caseId: string): string {
  return caseId.length > 14 ? `${caseId.slice(0, 12)}…` : caseId
}
