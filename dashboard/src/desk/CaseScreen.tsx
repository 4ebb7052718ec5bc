import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { desk, type DeskCase } from '../api/desk'
import { Notice } from '../design/Notice'
import { ProblemNotice } from '../design/ProblemNotice'
import { Skeleton } from '../design/Skeleton'
import { CallBar } from './CallBar'
import styles from './CaseScreen.module.css'
import { Conversation } from './Conversation'
import { useDeskSnapshot } from './DeskProvider'
import { GuidanceCard } from './GuidanceCard'
import { HistoryCard } from './HistoryCard'
import { rememberLastCase } from './LastCase'
import { Notes, useNotes } from './Notes'
import { PayerCard } from './PayerCard'
import { PaymentsCard } from './PaymentsCard'
import { PlaybookCard } from './PlaybookCard'
import { ScriptCard } from './ScriptCard'
import { useVerdictDraft } from './useVerdictDraft'
import { VerdictForm } from './VerdictForm'

/** Everything about the case that this agent holds. The call bar is there before the case has loaded. */
export function CaseScreen({ caseId }: { caseId: string }) {
  const { case: live } = useDeskSnapshot()
  const queries = useQueryClient()
  const { data, error, refetch } = useQuery({ queryKey: ['desk-case', caseId], queryFn: () => desk.readCase(caseId), staleTime: Infinity })

  useEffect(() => rememberLastCase(caseId), [caseId])
  useEffect(() => {
    if (live?.caseId !== caseId) return
    const known = queries.getQueryData<DeskCase>(['desk-case', caseId])
    if (known === undefined) return
    queries.setQueryData<DeskCase>(['desk-case', caseId], { ...known, ...live })
    // A payment that joined may change the script too.
    if (live.payments.length !== known.payments.length) void queries.invalidateQueries({ queryKey: ['desk-case', caseId] })
  }, [live, caseId, queries])

  return (
    <div className={styles['screen']} data-fills="window">
      <CallBar caseId={caseId} />
      {data !== undefined ? <CaseColumns view={data} /> : error ? <ProblemNotice problem={error} onRetry={() => void refetch()} /> : <Skeleton lines={8} />}
    </div>
  )
}

function CaseColumns({ view }: { view: DeskCase }) {
  const { t } = useTranslation()
  const { presence } = useDeskSnapshot()
  const notes = useNotes(view.caseId, view.notes ?? '')
  const undecided = view.payments.filter((payment) => payment.verdict === null && payment.decision === 'undecided')
  const draft = useVerdictDraft(view.caseId, undecided)
  const joined = useJoined(view.payments.length)
  const point = draft.current
  return (
    <div className={styles['columns']}>
      <div className={styles['column']}>
        <PayerCard payer={view.payer} />
        <PaymentsCard payments={view.payments} />
        <HistoryCard history={view.history} />
      </div>
      <div className={styles['middle']}>
        <div className={styles['column']}>
          <ScriptCard caseId={view.caseId} script={view.script} />
          <GuidanceCard guidance={view.guidance} language={view.script.language} notes={notes} />
          <PlaybookCard onChoose={point === null ? undefined : (scamType) => draft.choose(point, { verdict: 'scam', scamType })} />
        </div>
        <Conversation />
      </div>
      <div className={styles['column']}>
        {presence?.status === 'wrap_up' && undecided.length > 0 && <Notice tone="warn">{t('desk.wrapUp.missingVerdict')}</Notice>}
        {joined && (
          <Notice tone="warn" urgent>
            {t('desk.payments.joined')}
          </Notice>
        )}
        <VerdictForm view={view} effects={view.verdictActions} draft={draft} />
        <Notes notes={notes} />
      </div>
    </div>
  )
}

const joinedMillis = 15_000

/** True for a while after a payment has joined the case that the agent is working on. */
function useJoined(count: number): boolean {
  const [seen, setSeen] = useState(count)
  useEffect(() => {
    if (count === seen) return
    const timer = setTimeout(() => setSeen(count), joinedMillis)
    return () => clearTimeout(timer)
  }, [count, seen])
  return count > seen
}
