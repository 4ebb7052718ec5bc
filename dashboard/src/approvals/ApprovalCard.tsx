import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Approval } from '../api/approvals'
import { Badge, type Tone } from '../design/Badge'
import { Card } from '../design/Card'
import { useFormat } from '../design/useFormat'
import { useNow } from '../design/useNow'
import { ApprovalForm } from './ApprovalForm'
import styles from './ApprovalCard.module.css'

const tones: Record<NonNullable<Approval['outcome']>, Tone> = { approved: 'good', refused: 'danger', expired: 'warn', withdrawn: 'neutral' }

export function ApprovalCard({ approval }: { approval: Approval }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { outcome, amount, payer, bar } = approval
  const asker = approval.requestedByName ?? (approval.requestedBy.startsWith('system:') ? t('approvals.clock') : approval.requestedBy)
  return (
    <Card
      title={
        <>
          {t(`approvals.kind.${approval.kind}`)} {amount !== null && <span className={styles['amount']}>{format.money(amount)}</span>}
        </>
      }
      aside={outcome === null ? <TimeLeft until={approval.expiresAt} /> : <Badge tone={tones[outcome]}>{t(`approvals.outcome.${outcome}`)}</Badge>}
    >
      <dl className={styles['facts']}>
        <div>
          <dt>{t('approvals.who')}</dt>
          <dd>
            {asker} · {format.dateTime(approval.requestedAt)}
          </dd>
        </div>
        <div>
          <dt>{t('approvals.why')}</dt>
          {/* A large release is asked for with the verdict itself; the other requests have words of their own. */}
          <dd className={styles['reason']}>{approval.kind === 'large_release' ? t(`terms.verdict.${approval.reason}`, approval.reason) : approval.reason}</dd>
        </div>
        <div>
          <dt>{t('approvals.payer')}</dt>
          <dd>
            {payer.name} · {payer.id}
          </dd>
        </div>
        <div>
          <dt>{t('approvals.about')}</dt>
          <dd>
            <span className={styles['id']}>{approval.subject}</span> · <Link href={`/histories/${approval.caseId}`}>{t('approvals.openCase')}</Link>
          </dd>
        </div>
        {approval.votes.map(({ by, name, vote, reason, at }) => (
          <div key={by}>
            <dt>{t(`approvals.voted.${vote}`)}</dt>
            <dd>
              {name ?? by} · {format.dateTime(at)}
              {reason !== null && <span className={styles['reason']}> · {reason}</span>}
            </dd>
          </div>
        ))}
      </dl>
      {outcome === null && approval.needed > 1 && (
        <p className={styles['needed']}>{t('approvals.needed', { given: approval.votes.length, needed: approval.needed })}</p>
      )}
      {outcome === null && (bar === null ? <ApprovalForm approval={approval} /> : <p className={styles['barred']}>{t(`approvals.bar.${bar}`)}</p>)}
    </Card>
  )
}

function TimeLeft({ until }: { until: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const left = Date.parse(until) - useNow(1_000)
  return (
    <Badge tone={left < 3_600_000 ? 'warn' : 'neutral'}>
      {left > 0 ? t('approvals.left', { time: format.duration(left) }) : t('approvals.outcome.expired')}
    </Badge>
  )
}
