import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Approval } from '../api/approvals'
import { Badge, type Tone } from '../design/Badge'
import { Card } from '../design/Card'
import { Fact, Facts } from '../design/Facts'
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
      <Facts>
        <Fact name={t('approvals.who')}>
          {asker} · {format.dateTime(approval.requestedAt)}
        </Fact>
        {/* A large release is asked for with the verdict itself; the other requests have words of their own. */}
        <Fact name={t('approvals.why')}>{approval.kind === 'large_release' ? t(`terms.verdict.${approval.reason}`, approval.reason) : approval.reason}</Fact>
        <Fact name={t('approvals.payer')}>
          {payer.name} · {payer.id}
        </Fact>
        <Fact name={t('approvals.about')}>
          <span className={styles['id']}>{approval.subject}</span> · <Link href={approval.kind === 'advance' ? `/disputes/${approval.caseId}` : `/histories/${approval.caseId}`}>{t('approvals.openCase')}</Link>
        </Fact>
        {approval.votes.map(({ by, name, vote, reason, at }) => (
          <Fact key={by} name={t(`approvals.voted.${vote}`)}>
            {name ?? by} · {format.dateTime(at)}
            {reason !== null && ` · ${reason}`}
          </Fact>
        ))}
      </Facts>
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
