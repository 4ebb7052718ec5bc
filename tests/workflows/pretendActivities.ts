import { ApplicationFailure } from '@temporalio/common'
import type { Activities } from '../../activities'
import type { createDisclosureActivities } from '../../activities/disclosures'
import type { createDisputeActivities } from '../../activities/disputes'
import type { createThirdPartyActivities } from '../../activities/thirdParties'
import type { createTransferHelpActivities } from '../../activities/transferHelp'
import { flaggedPaymentSchema } from '../../domain/flag'
import { approvalDecided, type OfferMade } from '../../domain/messages'
import { PretendCall } from './pretendCalls'
import { createPretendReminder } from './pretendReminder'
import type { Payment, Scene } from './scene'

const secondsToAnswerAnOffer = 2
// Nobody is asked twice in one search.
const agentsOnDuty = 8

/** What callbacks use; other kinds of cases have tests of their own. */
type GuidanceActivity = 'sendGuidanceSteps' | 'lookAtSecurity'
type DisclosureActivity = keyof ReturnType<typeof createDisclosureActivities>
// A callback asks for consent by `requestRelease`, and settles by decisions.
type DisputeActivity = 'requestApproval' | 'instruct' | keyof ReturnType<typeof createDisputeActivities>
type OtherActivity = keyof ReturnType<typeof createTransferHelpActivities> | keyof ReturnType<typeof createThirdPartyActivities>
type CallbackActivities = Omit<Activities, GuidanceActivity | DisclosureActivity | DisputeActivity | OtherActivity>

/**
 * Activities that keep a scene's records in memory as PostgreSQL would, and act its script. They note
 * each thing that the case does, with its time.
 */
export function createPretendActivities(sceneOf: (payerOrCaseId: string) => Scene): CallbackActivities {
  const ofCase = (caseId: string) => sceneOf(caseId)
  const ofAttempt = (attemptId: string) => sceneOf(attemptId.slice(0, attemptId.lastIndexOf('.')))
  const callOf = (attemptId: string) => ofAttempt(attemptId).calls.find((call) => call.attemptId === attemptId)

  async function makeOffer(scene: Scene, caseId: string): Promise<OfferMade | undefined> {
    const pending = scene.offers.find(({ status }) => status === 'pending')
    const habit = pending ? undefined : scene.habitFor(scene.offers.length)
    if (habit === 'nobody' || (!pending && scene.askedInSearch >= agentsOnDuty)) return undefined
    const seconds = scene.policy.offerSeconds
    const offer = pending ?? {
      offerId: `${caseId}-offer-${scene.offers.length + 1}`,
      agentId: `agent-${scene.offers.length + 1}`,
      status: 'pending',
      at: await scene.secondsNow(),
    }
    if (!pending) {
      scene.offers.push(offer)
      scene.askedInSearch++
      await scene.noteNow('offer', { agentId: offer.agentId })
      if (habit !== 'ignores')
        await scene.after(secondsToAnswerAnOffer, () => {
          const accepted = habit === 'accepts'
          if (offer.status !== 'pending') return
          offer.status = accepted ? 'accepted' : 'declined'
          return scene.answer({ offerId: offer.offerId, agentId: offer.agentId, accepted })
        })
    }
    return { offerId: offer.offerId, agentId: offer.agentId, expiresAt: new Date(scene.startedAt + (offer.at + seconds) * 1_000).toISOString() }
  }

  const reserveAgent: Activities['reserveAgent'] = async ({ caseId, expiringOfferId, intent, fresh, preferredAgentId, personOnly, onTheLine, avoided }) => {
    const scene = ofCase(caseId)
    const { freeSoon = 0, ringingWithoutAgent = 0, backlogSeconds = 0, dialMode, dialNow } = scene.script.look ?? {}
    const look = { freeSoon, ringingWithoutAgent, backlogSeconds, waitingAhead: 0, ...(dialMode ? { dialMode } : {}) }
    if (fresh) scene.askedInSearch = 0
    await scene.noteNow('look', { fresh, intent, expiringOfferId, preferredAgentId, avoided })
    if (scene.takenBy && !fresh) return { ...look, accepted: { offerId: 'taken', agentId: scene.takenBy, accepted: true } }
    const expiring = scene.offers.find(({ offerId }) => offerId === expiringOfferId)
    if (expiring?.status === 'accepted') return { ...look, accepted: { offerId: expiring.offerId, agentId: expiring.agentId, accepted: true } }
    if (expiring?.status === 'pending') {
      expiring.status = 'expired'
      await scene.noteNow('offer expired', { agentId: expiring.agentId })
    }
    const pending = scene.offers.find(({ status }) => status === 'pending')
    if (intent === 'withdraw' && pending) pending.status = 'withdrawn'
    if (intent === 'withdraw' || (intent === 'last_look' && !pending)) return look
    if (dialNow && !personOnly && !onTheLine) return { ...look, dialNow }
    return { ...look, offer: await makeOffer(scene, caseId) }
  }

  const holdFunds: Activities['holdFunds'] = async ({ caseId, paymentId }) => {
    const scene = ofCase(caseId)
    await scene.noteNow('hold', { paymentId })
    const nth = scene.noted('hold').filter((note) => note.paymentId === paymentId).length
    return scene.script.ledger?.('hold', nth, paymentId) ?? { status: 'confirmed' }
  }

  return {
    ...createPretendReminder(ofCase),

    async recordFlag(input) {
      const body = flaggedPaymentSchema.parse(input)
      const scene = sceneOf(body.payer.id)
      if ((await scene.secondsNow()) < (scene.script.awaySeconds ?? 0)) throw new Error('PostgreSQL is away')
      const known = scene.payments.get(body.paymentId)?.flag
      if (known && known.amount.amount !== body.amount.amount)
        throw ApplicationFailure.nonRetryable(`payment ${body.paymentId} was flagged before with another body`, 'FlagConflict')
      const flag = known ?? (await scene.record({ paymentId: body.paymentId, phones: body.payer.phones, amount: body.amount, score: body.risk.score }))
      return { flag, accepted: { caseId: flag.caseId, paymentId: flag.paymentId, deadline: flag.deadline, predictedRingAt: flag.flaggedAt } }
    },

    async judgePromise(caseId, paymentId) {
      await ofCase(caseId).noteNow('promise judged', { paymentId })
    },

    async recordWaitingVerdict(caseId, actor, verdict) {
      await ofCase(caseId).noteNow('verdict waits', { actor, verdict })
    },

    async closeCase(caseId) {
      const scene = ofCase(caseId)
      const unsettled = (await scene.secondsNow()) < (scene.script.unsettledSeconds ?? 0)
      await scene.noteNow('closing')
      const open = [...scene.payments.values()].filter(({ flag, final }) => flag.caseId === caseId && (unsettled || !final))
      if (open.length === 0 && scene.caseId === caseId) {
        scene.caseOpen = false
        await scene.noteNow('closed', { caseId })
        await scene.onClosed?.()
      }
      return { closed: open.length === 0, undecided: open.map(({ flag }) => flag) }
    },

    reserveAgent,
    holdFunds,

    async openCase({ policyVersion, ...request }) {
      const search = await reserveAgent({ caseId: request.caseId, policyVersion, fresh: true, intent: 'seek' })
      return { search, hold: await holdFunds(request) }
    },

    async agentIsBack(caseId) {
      await ofCase(caseId).noteNow('asked whether the agent is back')
      return ofCase(caseId).script.agentComesBack ?? false
    },

    async offerTransferAgain(caseId, transferId, offerId) {
      const scene = ofCase(caseId)
      await scene.noteNow('transfer offered again', { transferId, offerId })
      return scene.script.nextTransferOffer?.(await scene.secondsNow())
    },

    async giveFloor(caseId, agentId, goneAgentId) {
      await ofCase(caseId).noteNow('floor given', { agentId, goneAgentId })
    },

    async settle({ caseId, paymentId, funds, decision, restrictAccount }) {
      const scene = ofCase(caseId)
      await scene.noteNow('settle', { paymentId, funds, restrictAccount, decision })
      const payment = scene.payments.get(paymentId) as Payment
      payment.decided = true
      const nth = scene.noted('settle').filter((note) => note.paymentId === paymentId).length
      const answer = scene.script.ledger?.(funds, nth, paymentId) ?? { status: 'confirmed' as const }
      if (answer.status === 'confirmed') {
        if (payment.final && payment.final !== funds) throw new Error(`payment ${paymentId} was final as ${payment.final}, and is now to be ${funds}`)
        payment.final = funds
      }
      return answer
    },

    async dial(request) {
      const scene = ofCase(request.caseId)
      const { attemptId } = new PretendCall(scene, request)
      const before = scene.calls.find((call) => call.attemptId === attemptId)
      if (before?.taken) throw ApplicationFailure.nonRetryable(`attempt ${attemptId} was dialled twice`)
      const call = before ?? new PretendCall(scene, request)
      if (!before) {
        scene.calls.push(call)
        await scene.noteNow('dial', { ...request })
      }
      const result = await scene.lineFor(scene.calls.length)(call)
      call.taken = true
      return result ?? { made: true, attemptId: call.attemptId, callSid: call.callSid }
    },

    async pollCall(attemptId) {
      const call = callOf(attemptId)!
      await ofAttempt(attemptId).noteNow('poll', { attemptId })
      return { ended: call.ended && { attemptId, outcome: call.ended }, live: call.answered && !call.ended }
    },

    async leaveVoicemail(attemptId) {
      await ofAttempt(attemptId).noteNow('voicemail', { attemptId })
    },

    async apologise(attemptId) {
      const call = callOf(attemptId)!
      await call.scene.noteNow('apology', { attemptId })
      await call.after(3, () => call.end(call.answered ? 'contact' : 'no_contact'))
    },

    async endCall(attemptId) {
      const call = callOf(attemptId)!
      await call.scene.noteNow('call ended by us', { attemptId })
      const live = call.answered && !call.ended
      await call.after(0.2, () => call.end('contact'))
      return { live }
    },

    async requestRelease({ caseId, paymentId, amount, decision, expiresAt }) {
      const scene = ofCase(caseId)
      const approvalId = `${caseId}-approval-${paymentId}`
      const asked = scene.noted('approval asked').length
      await scene.noteNow('approval asked', { paymentId, amount, decision, expiresAt })
      const { approval } = scene.script
      if (approval && asked === 0)
        await scene.after(approval.after, () => {
          scene.approval = approval.outcome
          return approval.signalLost ? undefined : scene.tell(approvalDecided, { approvalId, outcome: approval.outcome })
        })
      return { approvalId, outcome: null }
    },

    async approvalState(approvalId) {
      const scene = sceneOf(approvalId.slice(0, approvalId.indexOf('-approval-')))
      await scene.noteNow('approval looked at')
      return { approvalId, outcome: scene.approval }
    },

    async endApproval(approvalId, outcome) {
      const scene = sceneOf(approvalId.slice(0, approvalId.indexOf('-approval-')))
      await scene.noteNow('approval ended', { outcome })
      return (scene.approval ??= outcome)
    },


    handOverFlags: async () => 0,
    chooseReviews: async () => 0,
    beginRetention: async () => undefined,
    enforceRetention: async ({ passedOver }) => ({ passedOver, more: false }),
    endRetention: async () => ({ recordings: 0, cases: 0, paymentChecks: 0, transferChecks: 0, failed: 0 }),
    deliverEvents: async () => undefined,
  }
}
