import { useEffect, useRef, useState } from 'react'
import { desk } from '../api/desk'
import { callState, type CallState } from './callState'
import { useDesk, useDeskSnapshot, useLine } from './DeskProvider'

const rejoinMillis = 1_500
const mostRejoins = 3
const broken = ['closed', 'failed']

export interface CaseCall {
  state: CallState
  held: boolean
  problem: unknown
  mute(): void
  hold(): void
  hangUp(): void
  rejoin(): void
}

/** Keeps the agent's own leg in the case's conference for as long as there is a call, and steers it. */
export function useCaseCall(caseId: string): CaseCall {
  const { line, store } = useDesk()
  const { presence, case: view, call: anyCall } = useDeskSnapshot()
  const leg = useLine()
  const call = anyCall?.caseId === caseId ? anyCall : null
  const attemptId = call?.attemptId ?? null
  const [problem, setProblem] = useState<unknown>()
  const rejoins = useRef(0)
  const leaving = useRef(false)

  const held = call?.held ?? false
  const state = callState(call, held, presence?.status === 'busy' && (view?.status === 'received' || view?.status === 'calling'))
  const wanted = presence?.status === 'busy' && presence.caseId === caseId && call?.status !== 'ended'

  useEffect(() => {
    rejoins.current = 0
    leaving.current = false
    if (wanted) void line.connect(caseId)
  }, [wanted, attemptId, caseId, line])

  useEffect(() => {
    // The leg broke while the payer may be on the line: nobody should have to press a button first.
    if (!wanted || !broken.includes(leg.line) || leaving.current || rejoins.current >= mostRejoins) return
    const timer = setTimeout(() => {
      rejoins.current += 1
      void line.connect(caseId)
    }, rejoinMillis)
    return () => clearTimeout(timer)
  }, [wanted, leg.line, caseId, line])

  useEffect(() => {
    if (presence?.status === 'wrap_up') void line.hangUp().catch(setProblem)
  }, [presence?.status, line])

  async function attempt(action: () => Promise<void>): Promise<void> {
    setProblem(undefined)
    try {
      await action()
    } catch (cause) {
      setProblem(cause)
    }
  }

  return {
    state,
    held,
    problem,
    mute: () => void attempt(() => line.mute(!leg.muted)),
    hold: () =>
      void attempt(async () => {
        if (call === null || state.word === 'ringing' || state.word === 'dialling') return
        await desk.hold(caseId, !held)
        store.tell({ call: { ...call, held: !held } })
      }),
    hangUp: () =>
      void attempt(async () => {
        leaving.current = true
        // The payer's leg first: if that fails, the agent must still be there.
        await desk.hangUp(caseId)
        await line.hangUp()
      }),
    rejoin: () => {
      leaving.current = false
      rejoins.current = 0
      void line.connect(caseId)
    },
  }
}
