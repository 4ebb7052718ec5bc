import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaseView } from '../api/caseView'
import { desk, type DeskCase } from '../api/desk'
import { useSession } from '../session/useSession'
import { Card } from '../design/Card'
import { Notice } from '../design/Notice'
import { ProblemNotice } from '../design/ProblemNotice'
import { ScrollArea } from '../design/ScrollArea'
import { Skeleton } from '../design/Skeleton'
import { AppointmentCard } from './AppointmentCard'
import { HelpCase } from '../transferHelp/HelpCasePage'
import { ReminderColumns } from '../reminder/ReminderColumns'
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
import { PreviewNotice } from './PreviewNotice'
import { ScriptCard } from './ScriptCard'
import { useVerdictDraft } from './useVerdictDraft'
import { VerdictForm } from './VerdictForm'

/** Everything about the case that this agent holds; what came with the offer's answer is there at once, before the audio. */
export function CaseScreen({ caseId }: { caseId: string }) {
  const { case: live, presence } = useDeskSnapshot()
  const queries = useQueryClient()
  const told = useRef(live)
  const { data, error, refetch } = useQuery({
    queryKey: ['desk-case', caseId],
    async queryFn() {
      const before = told.current
      const read = await desk.readCase(caseId)
      // What the stream told meanwhile is newer than what was read.
      return told.current !== before && told.current?.caseId === caseId ? { ...read, ...told.current } : read
    },
    staleTime: Infinity,
  })

  useEffect(() => rememberLastCase(caseId), [caseId])
  useEffect(() => {
    told.current = live
    if (live?.caseId !== caseId) return
    const known = queries.getQueryData<DeskCase>(['desk-case', caseId])
    if (known === undefined) return
    queries.setQueryData<DeskCase>(['desk-case', caseId], { ...known, ...live })
    // A payment that joined may change the script too.
    if (live.payments.length !== known.payments.length) void queries.invalidateQueries({ queryKey: ['desk-case', caseId] })
  }, [live, caseId, queries])

  const view = data ?? (live?.caseId === caseId ? live : undefined)
  const isChat = presence?.chats.some((chat) => chat.caseId === caseId) ?? false
  return (
    <div className={styles['screen']} data-fills="window">
      {!isChat && <CallBar caseId={caseId} />}
      {data?.dialMode === 'preview' && <PreviewNotice caseId={caseId} />}
      {error && <ProblemNotice problem={error} onRetry={() => void refetch()} />}
      {view === undefined && !error && <Skeleton lines={8} />}
      {view?.check && <ReminderColumns view={view} check={view.check} detail={data} />}
      {view?.kind === 'transfer_help' && <HelpCase caseId={caseId} />}
      {view !== undefined && view.kind !== 'transfer_help' && !view.check && <CaseColumns view={view} detail={data} />}
    </div>
  )
}

/** @param detail what is loaded after accepting: the script, the guidance, the history, the notes */
function CaseColumns({ view, detail }: { view: CaseView; detail: DeskCase | undefined }) {
  const { t } = useTranslation()
  const { presence } = useDeskSnapshot()
  const notes = useNotes(view.caseId, detail && (detail.notes ?? ''))
  const undecided = view.payments.filter((payment) => payment.verdict === null && payment.decision === 'undecided')
  const draft = useVerdictDraft(view.caseId, undecided)
  const joined = useJoined(view.payments.length)
  const point = draft.current
  const { data: user } = useSession()
  // Taken over or transferred: the one who wraps up has no verdict to give.
  const movedTo = presence?.status === 'wrap_up' && view.agent && view.agent.id !== user?.id ? view.agent.name : null
  return (
    <div className={styles['columns']}>
      <ScrollArea className={styles['column']} label={t('desk.payer.title')}>
        <PayerCard payer={view.payer} />
        <PaymentsCard payments={view.payments} />
        {detail && <HistoryCard history={detail.history} />}
      </ScrollArea>
      <div className={styles['middle']}>
        <div className={styles['column']}>
          {detail ? (
            <>
              <ScriptCard caseId={view.caseId} script={detail.script} />
              <GuidanceCard caseId={view.caseId} guidance={detail.guidance} given={detail.guidanceGiven} language={detail.script.language} notes={notes} />
            </>
          ) : (
            <Card title={t('desk.script.title')}>
              <Skeleton lines={6} />
            </Card>
          )}
          <PlaybookCard onChoose={point === null ? undefined : (scamType) => draft.choose(point, { verdict: 'scam', scamType })} />
        </div>
        <Conversation />
      </div>
      <div className={styles['column']}>
        {presence?.status === 'wrap_up' && !movedTo && undecided.length > 0 && <Notice tone="warn">{t('desk.wrapUp.missingVerdict')}</Notice>}
        {joined && (
          <Notice tone="warn" urgent>
            {t('desk.payments.joined')}
          </Notice>
        )}
        {movedTo ? (
          <Notice tone="info" urgent>
            {t('live.moved', { name: movedTo })}
          </Notice>
        ) : (
          <VerdictForm view={view} effects={detail?.verdictActions ?? {}} draft={draft} />
        )}
        {detail && <Notes notes={notes} />}
        {undecided.length > 0 && <AppointmentCard caseId={view.caseId} agreed={view.appointmentAt} />}
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
