import { payeeAnswered } from '../../domain/transferHelp/messages'
import { payeeWording } from '../../domain/transferHelp/payeeWording'
import { releasesByKeypress } from '../../domain/keypress'
import { keyPressed } from '../../domain/messages'
import { recordIdentified, recordKeypress, recordWantsPerson } from '../../records/contact'
import { recordPayeeKey } from '../../records/transferHelp/payeeCall'
import { notFound } from '../problem'
import type { CallSubject } from './callSubject'
import { identify, joinConference, mayAskAgain, question, sayAndHangUp } from './documents'
import { askConsent } from './payeeCall'
import type { Webhooks } from './webhooks'
import { keptBy } from './wording'

/** What somebody whom we have rung hears, and what follows from the keys they press. */
export function callDialogue({ db, address, document, subject, tellOrGoOn }: Webhooks): void {
  document('/calls/:attemptId/voice', async (request) => {
    const { attempt, wording, name, policy } = await subject(request)
    if (attempt.mode === 'automated') return identify(address, wording, { attemptId: attempt.id, name, turn: 1 })
    return joinConference(address, wording, { ...attempt, announcement: wording.connecting(keptBy(policy)) })
  })

  document('/calls/:attemptId/identified', async (request, { Digits }) => {
    const call = await subject(request)
    const { attempt, wording, name, undecided, request: payeeRequest } = call
    const turn = Number(request.query.turn ?? 1)
    const [payment] = undecided
    if (Digits === '1' && payeeRequest) {
      await recordIdentified(db, attempt.id, 'payee')
      return askConsent(address, wording, { attemptId: attempt.id, request: payeeRequest, turn: 1 })
    }
    if (Digits === '0') return toPerson(call, '0', payeeRequest ? 'payee' : 'payer')
    if (Digits === '1' && payment) {
      await recordIdentified(db, attempt.id, 'payer')
      return question(address, wording, { attemptId: attempt.id, payment, turn: 1, person: false })
    }
    if (Digits || !mayAskAgain(turn)) return sayAndHangUp(wording, wording.goodbye)
    return identify(address, wording, { attemptId: attempt.id, name, turn: turn + 1 })
  })

  document('/calls/:attemptId/answer', async (request, { Digits }) => {
    const call = await subject(request)
    const { attempt, wording, payments, undecided, policy } = call
    const turn = Number(request.query.turn ?? 1)
    const index = payments.findIndex(({ paymentId }) => paymentId === request.query.payment)
    const payment = payments[index]
    if (!payment) throw notFound('There is no such payment in this call.')
    let person = request.query.person === 'true'
    if (Digits === '0') return toPerson(call, '0')
    if (Digits !== '1' && Digits !== '2') {
      if (mayAskAgain(turn)) return question(address, wording, { attemptId: attempt.id, payment, turn: turn + 1, person })
      return sayAndHangUp(wording, wording.goodbye)
    }
    const pressed = { attemptId: attempt.id, paymentId: payment.paymentId, digit: Digits } as const
    const heard = await recordKeypress(db, pressed)
    if (heard) await tellOrGoOn(heard, keyPressed, pressed)
    person ||= Digits === '2' || !releasesByKeypress(policy, payment.risk.score, payment.amount.amount)
    const next = payments.slice(index + 1).find(({ paymentId }) => undecided.some((open) => open.paymentId === paymentId))
    if (next) return question(address, wording, { attemptId: attempt.id, payment: next, turn: 1, person })
    return person ? toPerson(call, Digits) : sayAndHangUp(wording, wording.thanks)
  })

  /** The payee of a transfer that went wrong: 1 returns it, 2 does not, 0 a person. */
  document('/calls/:attemptId/consent', async (request, { Digits }) => {
    const call = await subject(request)
    const { attempt, wording, request: payeeRequest } = call
    if (!payeeRequest) throw notFound('Nobody is asked for money in this call.')
    const turn = Number(request.query.turn ?? 1)
    if (Digits === '0') return toPerson(call, '0', 'payee')
    if (Digits !== '1' && Digits !== '2')
      return mayAskAgain(turn)
        ? askConsent(address, wording, { attemptId: attempt.id, request: payeeRequest, turn: turn + 1 })
        : sayAndHangUp(wording, wording.goodbye)
    const heard = await recordPayeeKey(db, attempt.id, Digits)
    if (heard?.answer) await tellOrGoOn(heard, payeeAnswered, heard.answer)
    return sayAndHangUp(wording, payeeWording(payeeRequest)[Digits === '1' ? 'agreed' : 'refused'])
  })

  async function toPerson({ attempt, wording, policy }: CallSubject, digit: string, who: 'payer' | 'payee' = 'payer'): Promise<string> {
    await recordWantsPerson(db, attempt.id, digit, who)
    return joinConference(address, wording, { ...attempt, announcement: wording.toPerson(keptBy(policy)) })
  }

  document('/calls/:attemptId/voicemail', async (request) => {
    const { wording } = await subject(request)
    // A machine is known while its greeting still runs: the first time may fall before the beep.
    return sayAndHangUp(wording, wording.voicemail, 2)
  })

  document('/calls/:attemptId/apology', async (request) => {
    const { wording } = await subject(request)
    return sayAndHangUp(wording, wording.apology)
  })
}
