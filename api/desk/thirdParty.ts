import { z } from 'zod'
import { phoneNumber } from '../../domain/flag'
import { agentLabel } from '../../domain/legs'
import { identifier } from '../../domain/text'
import { directoryEntrySchema } from '../../domain/thirdParty/directory'
import { callThirdParty, endThirdPartyCall } from '../../providers/thirdParties'
import { sqlOf } from '../../records/database'
import { directory } from '../../records/directory'
import { policyVersion } from '../../records/policy'
import { addThirdParty } from '../../records/thirdParty/adding'
import { dropThirdParty, leaveTogether } from '../../records/thirdParty/leaving'
import { ThirdPartyRefused } from '../../records/thirdParty/line'
import { endpoint, type Endpoint } from '../endpoint'
import { conflict, forbidden, invalid, unavailable } from '../problem'
import { caseParams } from '../views/ids'
import type { DeskDeps } from './desk'
import { heldCase } from './holding'
import { takeOut } from './legs'

const wishSchema = z
  .strictObject({ entryId: identifier.optional(), phone: phoneNumber.optional() })
  .refine(({ entryId, phone }) => (entryId === undefined) !== (phone === undefined), { path: ['entryId'], error: 'expected one of the directory, or a number' })
  .meta({ id: 'ThirdPartyWish' })
const addedSchema = z.object({ thirdPartyId: z.string() })
const choiceSchema = z
  .object({
    entries: z.array(directoryEntrySchema.pick({ id: true, name: true, phone: true, purpose: true })),
    typedNumbers: z.boolean().meta({ description: 'whether a number may be entered' }),
    leaveTogether: z.boolean().meta({ description: 'whether you may leave the two to themselves' }),
  })
  .meta({ id: 'ThirdPartyChoice' })
export type ThirdPartyChoice = z.output<typeof choiceSchema>
const answers = { 403: { description: 'The case is not in your hands.' }, 409: { description: 'Not now: the reason is told.' } }
const path = '/v1/desk/cases/:caseId/third-party'
const patienceMillis = 5_000

/** Somebody is added to a talk by telephone: an interpreter, a bank, a hotline. */
export function thirdPartyEndpoints({ db, gate, temporal, telephony, log }: DeskDeps): Endpoint[] {
  const access = gate.staff('agent', 'supervisor')

  const inWords = (error: unknown): never => {
    if (!(error instanceof ThirdPartyRefused)) throw error
    if (error.reason === 'phone') throw invalid([{ field: 'phone', message: error.message }])
    throw error.reason === 'not_yours' ? forbidden(error.message) : conflict(error.message)
  }

  async function whomOf({ entryId, phone }: z.output<typeof wishSchema>) {
    if (phone !== undefined) return { phone }
    const entry = (await directory(sqlOf(db))).entries.find(({ id, active }) => active && id === entryId)
    if (!entry) throw invalid([{ field: 'entryId', message: 'is not in the directory' }])
    return entry
  }

  return [
    endpoint({
      method: 'get',
      path,
      tag: 'desk',
      summary: 'Whom you may add to the talk',
      access,
      params: caseParams,
      answers: { 200: { description: 'The directory, and what policy permits.', schema: choiceSchema }, 403: answers[403] },
      async handle({ caller, params: { caseId } }) {
        const held = await heldCase(db, caller.id, caseId)
        const { thirdParty } = await policyVersion(sqlOf(db), held.policyVersion)
        const { entries } = await directory(sqlOf(db))
        const shown = entries.filter(({ active }) => active).map(({ id, name, phone, purpose }) => ({ id, name, phone, purpose }))
        return { entries: shown, typedNumbers: thirdParty.typedNumbers, leaveTogether: thirdParty.leaveTogether }
      },
    }),
    endpoint({
      method: 'post',
      path,
      tag: 'desk',
      summary: 'Add somebody to the talk by telephone',
      description:
        'Their phone rings once. They hear that they are being connected and, where talks are recorded, that this one is; then they are in the talk, and hear the payer too unless you have put the payer on hold. How it goes is told with the call.',
      access,
      params: caseParams,
      body: wishSchema,
      bodyExample: { entryId: 'interpreters' },
      answers: { 202: { description: 'They are being called.', schema: addedSchema }, ...answers },
      async handle({ caller, params: { caseId }, body }) {
        await heldCase(db, caller.id, caseId)
        const thirdPartyId = await addThirdParty(db, { caseId, agentId: caller.id, whom: await whomOf(body) }).catch(inWords)
        try {
          await temporal.withDeadline(Date.now() + patienceMillis, () => callThirdParty(temporal, thirdPartyId))
        } catch (error) {
          // It may have begun all the same: then whoever carries it finds that they are not wanted.
          log.error({ caseId, thirdPartyId, err: error }, 'a third party could not be called')
          await dropThirdParty(db, caseId, caller.id)
          throw unavailable('Nobody can be called at the moment.')
        }
        return { thirdPartyId }
      },
    }),
    endpoint({
      method: 'delete',
      path,
      tag: 'desk',
      summary: 'Drop the third party',
      description: 'Whether they ring or talk. Your talk with the payer goes on.',
      access,
      params: caseParams,
      answers: { 204: { description: 'Their call ends.' }, 403: answers[403] },
      async handle({ caller, params: { caseId } }) {
        await heldCase(db, caller.id, caseId)
        const id = await dropThirdParty(db, caseId, caller.id)
        if (id === undefined) return
        await temporal
          .withDeadline(Date.now() + patienceMillis, () => endThirdPartyCall(temporal, id))
          .catch((error: unknown) => {
            log.error({ caseId, thirdPartyId: id, err: error }, 'the call of a third party could not be ended')
            throw unavailable('They could not be dropped at the moment. Press again.')
          })
      },
    }),
    endpoint({
      method: 'post',
      path: `${path}/leave`,
      tag: 'desk',
      summary: 'Leave the payer and the third party to themselves',
      description: 'Where policy allows it, and once everything is decided. You wrap up; when the third party leaves, the payer’s call ends too.',
      access,
      params: caseParams,
      answers: { 204: { description: 'You are out of the talk.' }, ...answers },
      async handle({ caller, params: { caseId } }) {
        await heldCase(db, caller.id, caseId)
        await leaveTogether(db, caseId, caller.id).catch(inWords)
        await takeOut({ telephony, log }, caseId, agentLabel(caller.id))
      },
    }),
  ]
}
