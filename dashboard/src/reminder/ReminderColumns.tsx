import { useState } from 'react'
import type { ScamType } from '../../../domain/money'
import type { CaseView, PaymentCheck } from '../api/caseView'
import type { DeskCase } from '../api/desk'
import columns from '../desk/CaseScreen.module.css'
import { Conversation } from '../desk/Conversation'
import { GuidanceCard } from '../desk/GuidanceCard'
import { HistoryCard } from '../desk/HistoryCard'
import { Notes, useNotes } from '../desk/Notes'
import { PayerCard } from '../desk/PayerCard'
import { ChatCard } from './ChatCard'
import { CheckCard } from './CheckCard'
import { QuestionTree } from './QuestionTree'
import { TalkForm } from './TalkForm'

/** The desk for a payment that waits: the questions first, because the money still can be kept. */
export function ReminderColumns({ view, check, detail }: { view: CaseView; check: PaymentCheck; detail: DeskCase | undefined }) {
  const notes = useNotes(view.caseId, detail && (detail.notes ?? ''))
  const [scamType, setScamType] = useState<ScamType>()
  const decided = check.phase === 'settling' || check.phase === 'final'
  return (
    <div className={columns['columns']}>
      <div className={columns['column']}>
        <CheckCard check={check} />
        <PayerCard payer={view.payer} />
        {detail && <HistoryCard history={detail.history} />}
      </div>
      <div className={columns['middle']}>
        <div className={columns['column']}>
          <QuestionTree locale={view.locale} onScam={setScamType} />
          {detail && <GuidanceCard caseId={view.caseId} guidance={detail.guidance} given={detail.guidanceGiven} language={detail.script.language} notes={notes} />}
        </div>
        {check.helpChannel !== 'chat' && <Conversation />}
      </div>
      <div className={columns['column']}>
        <ChatCard caseId={view.caseId} open={!decided} first={check.helpChannel === 'chat'} />
        <TalkForm caseId={view.caseId} check={check} scamType={scamType} onScam={setScamType} />
        {detail && <Notes notes={notes} />}
      </div>
    </div>
  )
}
