import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'wouter'
import { AttentionNotice } from '../attention/AttentionNotice'
import { disputes, type Dispute } from '../api/disputes'
import { Badge } from '../design/Badge'
import { Button } from '../design/Button'
import { Card } from '../design/Card'
import { Fact, Facts } from '../design/Facts'
import { Loaded } from '../design/Loaded'
import { Notice } from '../design/Notice'
import { ProblemNotice } from '../design/ProblemNotice'
import { useFormat } from '../design/useFormat'
import { useSession } from '../session/useSession'
import { MoneyCard, ToldCard } from './CaseRecords'
import { DecisionForm } from './DecisionForm'
import { DisputeClock } from './DisputeClock'
import { DisputeFiles } from './DisputeFiles'
import styles from './DisputesPage.module.css'
import { EvidenceTasks } from './EvidenceTasks'

const followMillis = 3_000

/** One dispute: whose, what is said, what was found out, what the money does, what the payer was told, and the decision. */
export function DisputePage() {
  const { t } = useTranslation()
  const { caseId } = useParams<{ caseId: string }>()
  const dispute = useQuery({
    queryKey: ['dispute', caseId],
    queryFn: () => disputes.read(caseId),
    refetchInterval: ({ state }) => (state.data?.status === 'closed' ? false : followMillis),
  })
  return (
    <main id="content" className={styles['page']}>
      <Link href="/disputes">← {t('nav.disputes')}</Link>
      <Loaded query={dispute} lines={8}>
        {(read) => <Parts dispute={read} />}
      </Loaded>
    </main>
  )
}

function Parts({ dispute }: { dispute: Dispute }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { data: user } = useSession()
  const queries = useQueryClient()
  const takeUp = useMutation({
    mutationFn: () => disputes.takeUp(dispute.caseId),
    onSettled: () => queries.invalidateQueries({ queryKey: ['dispute', dispute.caseId] }),
  })
  const open = dispute.status !== 'closed'
  const mine = dispute.handler !== null && dispute.handler.id === user?.id
  const mayDecide = user?.role === 'supervisor' || user?.role === 'compliance'
  const waiting = dispute.approvals.some(({ outcome }) => outcome === null)
  return (
    <>
      <header className={styles['head']}>
        <h1>{t('disputes.title', { name: dispute.payer.name })}</h1>
        <strong className={styles['amount']}>{format.money(dispute.amount)}</strong>
        <Badge tone={dispute.decision === 'upheld' ? 'good' : dispute.decision === 'rejected' ? 'warn' : 'info'}>
          {dispute.decision === null ? t(`disputes.status.${dispute.status}`) : t(`terms.outcome.${dispute.decision}`)}
        </Badge>
        <DisputeClock dispute={dispute} />
        {open && !mine && (
          <Button look={dispute.handler === null ? 'primary' : 'plain'} busy={takeUp.isPending} onClick={() => takeUp.mutate()}>
            {t(dispute.handler === null ? 'disputes.takeUp' : 'disputes.takeOver')}
          </Button>
        )}
      </header>
      {takeUp.isError && <ProblemNotice problem={takeUp.error} />}
      {dispute.needsAttention !== null && <AttentionNotice attention={dispute.needsAttention} />}
      {waiting && <Notice tone="warn">{t('approvals.waitsFor')}</Notice>}
      <div className={styles['columns']}>
        <div className={styles['column']}>
          <Card title={t(`disputes.reason.${dispute.reason}`)}>
            {dispute.statement !== null && <blockquote className={styles['statement']}>{dispute.statement}</blockquote>}
            <DisputeFacts dispute={dispute} />
          </Card>
          <EvidenceTasks dispute={dispute} />
          <DisputeFiles dispute={dispute} />
        </div>
        <div className={styles['column']}>
          {open && mayDecide && (dispute.decision === null || dispute.status === 'appealed') && <DecisionForm dispute={dispute} />}
          {dispute.decisionReason !== null && (
            <Card title={t('disputes.decision.given')}>
              <p>{dispute.decisionReason}</p>
              {dispute.appealReason !== null && (
                <p>
                  {t('disputes.appeal')}: {dispute.appealReason}
                </p>
              )}
            </Card>
          )}
          <MoneyCard moves={dispute.moneyActions} whole={dispute.amount} />
          <ToldCard messages={dispute.messages} />
        </div>
      </div>
    </>
  )
}

function DisputeFacts({ dispute }: { dispute: Dispute }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { payment, payer } = dispute
  const shown = (value: Record<string, unknown> | undefined) => {
    const parts = Object.entries(value ?? {}).map(([name, part]) => `${name}: ${typeof part === 'string' ? part : JSON.stringify(part)}`)
    return parts.length === 0 ? t('unknown') : parts.join(', ')
  }
  const facts: [string, string][] = [
    [t('disputes.fact.paidAt'), format.dateTime(payment.paidAt)],
    [t('disputes.fact.payee'), `${payment.payee.name} · ${payment.payee.id}`],
    [t('disputes.fact.phones'), payer.phones.join(', ')],
    [t('terms.evidence.place'), shown(payment.place)],
    [t('terms.evidence.device'), shown(payment.device)],
    [t('disputes.fact.payment'), dispute.paymentId],
    [t('disputes.fact.opened'), format.dateTime(dispute.openedAt)],
    [t('disputes.clock.decide'), format.dateTime(dispute.decideBy)],
    [t('disputes.clock.final'), format.dateTime(dispute.finalBy)],
    [t('disputes.column.handler'), dispute.handler?.name ?? t('nobody')],
  ]
  return (
    <Facts>
      {facts.map(([name, value]) => (
        <Fact key={name} name={name}>
          {value}
        </Fact>
      ))}
    </Facts>
  )
}
