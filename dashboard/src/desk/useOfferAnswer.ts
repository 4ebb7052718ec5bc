import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { desk, type Offer } from '../api/desk'
import { Problem } from '../api/problem'
import { useProblemText } from '../design/ProblemNotice'
import { useNow } from '../design/useNow'
import { useDesk } from './DeskProvider'

/** Keys and clicks that were on their way when the offer sprang up are not an answer to it. */
const graceMillis = 500

export interface OfferAnswer {
  answer(kind: 'accept' | 'decline'): Promise<void>
  busy: 'accept' | 'decline' | undefined
  problem: string | undefined
  /** Milliseconds until it runs out, and how many there were when it came. */
  left: number
  total: number
  seconds: number
  expired: boolean
}

/** @param onGone is told why the offer went away without this agent's doing; an empty text: there is nothing to say */
export function useOfferAnswer(offer: Offer, onGone: (text: string) => void): OfferAnswer {
  const { t } = useTranslation()
  const tell = useProblemText()
  const { store, line } = useDesk()
  const queries = useQueryClient()
  const [, navigate] = useLocation()
  const [busy, setBusy] = useState<'accept' | 'decline'>()
  const [problem, setProblem] = useState<string>()
  const now = useNow(100)
  const left = Date.parse(offer.expiresAt) - now
  const [total] = useState(() => Math.max(left, 15_000))
  const [openedAt] = useState(() => performance.now())
  const expired = left <= 0

  useEffect(() => {
    // The server decides when it has run out; half a second later it is gone here in any case.
    if (left > -500 || busy !== undefined) return
    store.tell({ offer: null })
    onGone(t('desk.offer.missed'))
  }, [left, busy, store, onGone, t])

  async function answer(kind: 'accept' | 'decline') {
    if (busy !== undefined || expired || performance.now() - openedAt < graceMillis) return
    setBusy(kind)
    setProblem(undefined)
    try {
      if (kind === 'accept') {
        const accepted = await desk.accept(offer.offerId)
        void queries.invalidateQueries({ queryKey: ['desk-case', offer.caseId] })
        const { presence } = store.snapshot()
        store.tell({
          offer: null,
          case: accepted.case,
          ...(offer.channel === 'voice' && presence && presence.caseId === null
            ? { presence: { ...presence, status: 'busy', caseId: offer.caseId, since: new Date(now).toISOString(), offer: null } }
            : {}),
        })
        if (offer.channel === 'voice') {
          store.focus(offer.caseId)
          void line.connect(offer.caseId)
        }
        navigate('/desk')
      } else {
        await desk.decline(offer.offerId)
        store.tell({ offer: null })
      }
    } catch (cause) {
      if (cause instanceof Problem && [403, 404, 409].includes(cause.status)) {
        store.tell({ offer: null })
        onGone(kind === 'accept' ? t('desk.offer.gone') : '')
      } else {
        setProblem(t('desk.offer.failed', { detail: tell(cause) }))
        setBusy(undefined)
      }
    }
  }

  return { answer, busy, problem, left, total, seconds: Math.max(0, Math.ceil(left / 1_000)), expired }
}
