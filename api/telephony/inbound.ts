import { payerCalled } from '../../domain/messages'
import { payerCalledIn } from '../../domain/reminder/messages'
import { recordPayerCalled } from '../../records/conference'
import { sqlOf } from '../../records/database'
import { awaitedCaller, awaitsCode, recordCalledIn } from '../../records/reminder/payer'
import { scriptInForce } from '../../records/scripts'
import { callSubject } from './callSubject'
import { askCode, joinConference, mayAskAgain, sayAndHangUp } from './documents'
import type { Webhooks } from './webhooks'
import { keptBy, wordingOf, type Wording } from './wording'

/** Somebody rings us. */
export function inboundCalls({ db, address, document, tellOrGoOn }: Webhooks): void {
  /** A caller's number can be forged, so nothing is told: we ring back at once on the number that we know. */
  document('/inbound', async (_request, { From = '', CallSid = '' }) => {
    const awaited = await awaitedCaller(db, From)
    if (awaited?.theirs) return askCode(address, await wordingIn(awaited.locale), { turn: 1, locale: awaited.locale })
    const known = await recordPayerCalled(db, From, CallSid)
    // Somebody who was asked to call in may do so from any phone: the code says whose case it is.
    if (!known && awaited) return askCode(address, await wordingIn(awaited.locale), { turn: 1, locale: awaited.locale })
    const wording = await wordingIn(known?.locale ?? 'zh-CN')
    if (!known) return sayAndHangUp(wording, wording.noCase)
    await tellOrGoOn(known, payerCalled, { phone: From })
    return sayAndHangUp(wording, wording.goodbye)
  })

  document('/inbound/code', async (request, { Digits = '', From = '', CallSid = '' }) => {
    const turn = Number(request.query.turn ?? 1)
    const locale = String(request.query.locale ?? 'zh-CN')
    const found = Digits ? await awaitsCode(db, Digits) : undefined
    const called = found && (await recordCalledIn(db, found.caseId, { callSid: CallSid, from: From }))
    if (!called) {
      const wording = await wordingIn(locale)
      return mayAskAgain(turn) ? askCode(address, wording, { turn: turn + 1, locale }) : sayAndHangUp(wording, wording.noCase)
    }
    await tellOrGoOn(called, payerCalledIn, { attemptId: called.attemptId, callSid: CallSid })
    const { policy, wording } = (await callSubject(db, called.attemptId))!
    return joinConference(address, wording, { ...called, announcement: wording.connecting(keptBy(policy)) })
  })

  /** Nobody knows yet which case it is. */
  async function wordingIn(locale: string): Promise<Wording> {
    return wordingOf(await scriptInForce(sqlOf(db), 'callback', locale))
  }
}
