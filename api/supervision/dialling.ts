import { z } from 'zod'
import { oneLine } from '../../domain/text'
import { phoneNumber } from '../../domain/flag'
import { diallingState, setDialling } from '../../records/permission'
import { actorOf } from '../access/caller'
import { noteListReading, writeTrail } from '../access/trail'
import { endpoint, type Endpoint } from '../endpoint'
import { notFound } from '../problem'
import { iso, nullableTime, time } from '../views/time'
import type { SupervisionDeps } from './supervision'
import { tag, watching } from './watching'

const choiceSchema = z
  .strictObject({ paused: z.boolean(), reason: oneLine(300).optional() })
  .refine(({ paused, reason }) => !paused || reason !== undefined, { path: ['reason'], error: 'expected a reason when dialling is paused' })
const stateSchema = z
  .object({ paused: z.boolean(), reason: z.string().nullable(), changedBy: z.string().nullable(), changedAt: nullableTime })
  .meta({ id: 'Dialling' })
export type DiallingState = z.output<typeof stateSchema>
const listingSchema = z.strictObject({ phone: phoneNumber, reason: oneLine(300) })
const listedSchema = z.object({ phone: z.string(), reason: z.string(), addedBy: z.string(), addedAt: time }).meta({ id: 'DoNotCall' })
export type ListedNumber = z.output<typeof listedSchema>
const phoneParams = z.object({ phone: phoneNumber })

/** The kill switch and the numbers that asked not to be called. */
export function diallingEndpoints({ db, gate }: SupervisionDeps): Endpoint[] {
  const reading = gate.staff(...watching)
  const steering = gate.staff('supervisor', 'admin')
  const state = async () => {
    const { changedAt, ...rest } = await diallingState(db)
    return { ...rest, changedAt: changedAt && iso(changedAt) }
  }
  return [
    endpoint({
      method: 'get',
      path: '/v1/supervision/dialling',
      tag,
      summary: 'Whether new calls are made',
      access: reading,
      answers: { 200: { description: 'The kill switch.', schema: stateSchema } },
      handle: state,
    }),
    endpoint({
      method: 'put',
      path: '/v1/supervision/dialling',
      tag,
      summary: 'Stop all dialling at once, or let it go on',
      description: 'Calls that ring or talk already go on. Cases wait with their funds held, and lose nothing.',
      access: steering,
      body: choiceSchema,
      bodyExample: { paused: true, reason: 'Wrong announcement' },
      answers: { 200: { description: 'From now on.', schema: stateSchema } },
      async handle({ caller, body }) {
        await setDialling(db, actorOf(caller), body)
        return state()
      },
    }),
    endpoint({
      method: 'get',
      path: '/v1/supervision/do-not-call',
      tag,
      summary: 'Numbers that asked not to be called',
      description: 'Reading them is a row of the audit log, once a minute for each person.',
      access: reading,
      answers: { 200: { description: 'Newest first.', schema: z.object({ numbers: z.array(listedSchema) }) } },
      async handle({ caller }) {
        await noteListReading(db, { actor: actorOf(caller), action: 'do_not_call_read', subject: 'do-not-call' })
        const rows = await db.doNotCall.findMany({ orderBy: { addedAt: 'desc' }, take: 1_000 })
        return { numbers: rows.map((row) => ({ ...row, addedAt: iso(row.addedAt) })) }
      },
    }),
    endpoint({
      method: 'post',
      path: '/v1/supervision/do-not-call',
      tag,
      summary: 'Take a number onto the list',
      access: steering,
      body: listingSchema,
      bodyExample: { phone: '+8613800000001', reason: 'Asked by letter' },
      answers: { 201: { description: 'On the list.', schema: listedSchema } },
      async handle({ caller, body, response }) {
        response.locals.status = 201
        const entry = { ...body, addedBy: actorOf(caller), addedAt: new Date() }
        await db.doNotCall.upsert({ where: { phone: body.phone }, create: entry, update: entry })
        await writeTrail(db, { actor: actorOf(caller), action: 'do_not_call_added', subject: 'do-not-call', data: { reason: body.reason } })
        return { ...entry, addedAt: iso(entry.addedAt) }
      },
    }),
    endpoint({
      method: 'delete',
      path: '/v1/supervision/do-not-call/:phone',
      tag,
      summary: 'Take a number off the list',
      access: steering,
      params: phoneParams,
      answers: { 204: { description: 'Not on the list any more.' } },
      async handle({ caller, params: { phone } }) {
        const { count } = await db.doNotCall.deleteMany({ where: { phone } })
        if (count === 0) throw notFound('This number is not on the list.')
        await writeTrail(db, { actor: actorOf(caller), action: 'do_not_call_removed', subject: 'do-not-call', data: {} })
      },
    }),
  ]
}
