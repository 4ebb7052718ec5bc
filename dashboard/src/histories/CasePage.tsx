import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'wouter'
import { AttentionNotice } from '../attention/AttentionNotice'
import { supervision } from '../api/supervision'
import { Loaded } from '../design/Loaded'
import { ProblemNotice } from '../design/ProblemNotice'
import { Skeleton } from '../design/Skeleton'
import { useFormat } from '../design/useFormat'
import { AttemptsTable } from './AttemptsTable'
import { AuditCheck } from './AuditCheck'
import { CaseHeader } from './CaseHeader'
import { LiveCall } from '../monitoring/LiveCall'
import styles from './CasePage.module.css'
import { PaymentList } from './PaymentList'
import { LegalHoldNotice } from './LegalHoldNotice'
import { RecordingsCard } from './RecordingsCard'
import { ReportMenu } from './ReportMenu'
import type { SentenceContext } from './sentence'
import { TimelineList } from './TimelineList'

const followMillis = 2_000

/** One case from the flag to the ledger's last word, for somebody who was not there. */
export function CasePage() {
  const { t } = useTranslation()
  const format = useFormat()
  const { caseId } = useParams<{ caseId: string }>()
  const theCase = useQuery({
    queryKey: ['case', caseId],
    queryFn: () => supervision.readCase(caseId),
    refetchInterval: ({ state }) => (state.data === undefined || state.data.status === 'closed' ? false : followMillis),
  })
  const open = theCase.data?.status !== 'closed'
  const events = useQuery({
    // With the case's status in the key the last events are fetched once more when it closes.
    queryKey: ['timeline', caseId, open],
    queryFn: () => supervision.timeline(caseId),
    placeholderData: (before) => before,
    refetchInterval: open ? followMillis : false,
  })
  const staff = useQuery({
    queryKey: ['agents'],
    queryFn: async () => (await supervision.wallboard()).agents,
    staleTime: 60_000,
  })
  const view = theCase.data
  const people = { ...Object.fromEntries(staff.data?.map(({ id, name }) => [id, name]) ?? []), ...events.data?.people }

  return (
    <main id="content" className={styles['page']}>
      <nav className={styles['crumb']}>
        <Link href="/histories">← {t('supervision.case.back')}</Link>
        <AuditCheck />
        <ReportMenu caseId={caseId} />
      </nav>
      {theCase.isError ? (
        <ProblemNotice problem={theCase.error} onRetry={() => void theCase.refetch()} />
      ) : view === undefined ? (
        <Skeleton lines={8} />
      ) : (
        <CaseParts context={{ t, format, view, people }} events={events} />
      )}
    </main>
  )
}

function CaseParts({
  context,
  events,
}: {
  context: SentenceContext
  events: ReturnType<typeof useQuery<{ events: Parameters<typeof TimelineList>[0]['events'] }>>
}) {
  const { t, view } = context
  return (
    <>
      <CaseHeader view={view} />
      <LegalHoldNotice caseId={view.caseId} />
      <LiveCall caseId={view.caseId} />
      {view.needsAttention !== null && <AttentionNotice attention={view.needsAttention} />}
      <div className={styles['parts']}>
        <div className={styles['main']}>
          <Loaded query={events} lines={8}>
            {(read) => <TimelineList events={read.events} context={context} />}
          </Loaded>
        </div>
        <div className={styles['side']}>
          <PaymentList context={context} />
          <RecordingsCard caseId={view.caseId} open={view.status !== 'closed'} />
          <p className={styles['read']}>
            {view.status !== 'closed' && `${t('supervision.case.live')} `}
            {t('supervision.case.read')}
          </p>
        </div>
        <div className={styles['wide']}>
          <AttemptsTable attempts={view.attempts} context={context} />
        </div>
      </div>
    </>
  )
}
