import { z } from 'zod'
import { monitoringModes } from '../../domain/monitoring'
import { agentLegOf } from '../../records/conference'
import { sqlOf } from '../../records/database'
import { takeOver } from '../../records/handover'
import { endMonitoring, monitor, monitoringOf, MonitoringRefused, type Monitoring } from '../../records/monitoring'
import { inWords, tellMoved } from '../handover'
import { endpoint, type Endpoint } from '../endpoint'
import { conflict, notFound, unavailable } from '../problem'
import { caseParams } from '../views/ids'
import { iso, time } from '../views/time'
import type { SupervisionDeps } from './supervision'
import { tag } from './watching'

const wishSchema = z.strictObject({ mode: z.enum([...monitoringModes, 'take_over']) }).meta({ id: 'MonitoringWish' })
const monitoringSchema = z.object({ caseId: z.string(), mode: z.enum(monitoringModes), startedAt: time }).meta({ id: 'Monitoring' })
export type MonitoringView = z.output<typeof monitoringSchema>
const view = ({ caseId, mode, startedAt }: Monitoring): MonitoringView => ({ caseId, mode, startedAt: iso(startedAt) })

/**
 * Supervisors in agents' calls. Compliance and administrators are not: they read recordings and histories,
 * and nobody needs a live call for that.
 */
export function monitoringEndpoints({ db, gate, temporal, telephony, log }: SupervisionDeps): Endpoint[] {
  const access = gate.staff('supervisor')

  /** Brings a leg that is in the conference already in line with the mode. */
  async function aim(monitoring: Monitoring): Promise<void> {
    if (!monitoring.callSid) return
    const seat = await seatOf(monitoring)
    await telephony.seatLeg(monitoring.caseId, monitoring.callSid, seat)
  }

  /** A whisper is heard by one leg alone; while that leg is not known the supervisor is heard by nobody. */
  async function seatOf({ caseId, mode }: Monitoring): Promise<{ muted: boolean; coached?: string }> {
    if (mode !== 'whisper') return { muted: mode === 'listen' }
    const coached = await agentLegOf(sqlOf(db), caseId)
    return coached ? { muted: false, coached } : { muted: true }
  }

  return [
    endpoint({
      method: 'get',
      path: '/v1/supervision/monitoring',
      tag,
      summary: 'The call that you are in as a supervisor',
      access,
      answers: { 200: { description: 'Null when you are in none.', schema: z.object({ monitoring: monitoringSchema.nullable() }) } },
      async handle({ caller }) {
        const open = await monitoringOf(db, caller.id)
        return { monitoring: open ? view(open) : null }
      },
    }),
    endpoint({
      method: 'post',
      path: '/v1/supervision/cases/:caseId/monitoring',
      tag,
      summary: 'Listen to an agent’s call, whisper to the agent, talk with both, or take the call over',
      description:
        'Joining makes no sound. `listen`: nobody hears you; `whisper`: the agent alone does; `barge`: all do. Again with another mode changes it. Then connect the softphone with the parameter `caseId`. `take_over`: the case, its call and its verdicts are yours, and the agent wraps up. Each is an event of the case.',
      access,
      params: caseParams,
      body: wishSchema,
      bodyExample: { mode: 'whisper' },
      answers: {
        200: { description: 'So it is from now on; null after taking over.', schema: z.object({ monitoring: monitoringSchema.nullable() }) },
        409: { description: 'No agent is on the line in this case, or you are in another call.' },
      },
      async handle({ caller, params: { caseId }, body: { mode } }) {
        if (mode === 'take_over') {
          await tellMoved(temporal, await takeOver(db, caseId, caller.id).catch(inWords))
          return { monitoring: null }
        }
        const wish = { caseId, supervisorId: caller.id, mode }
        const monitoring = await monitor(db, wish).catch((error: unknown) => {
          if (!(error instanceof MonitoringRefused)) throw error
          throw error.reason === 'unknown' ? notFound(error.message) : conflict(error.message)
        })
        try {
          await aim(monitoring)
        } catch (error) {
          log.error({ caseId, err: error }, 'the telephone provider did not change how a supervisor is in a call')
          if (monitoring.before) await monitor(db, { ...wish, mode: monitoring.before })
          throw unavailable('The telephone provider cannot be reached; you are in the call as before.')
        }
        return { monitoring: view(monitoring) }
      },
    }),
    endpoint({
      method: 'delete',
      path: '/v1/supervision/cases/:caseId/monitoring',
      tag,
      summary: 'Leave the call',
      access,
      params: caseParams,
      answers: { 204: { description: 'You are not in this call.' } },
      async handle({ caller, params: { caseId } }) {
        const callSid = await endMonitoring(db, { caseId, supervisorId: caller.id, why: 'left' })
        if (!callSid) return
        // The browser hangs up by itself; this is for one that does not.
        await telephony.removeLeg(caseId, callSid).catch((error: unknown) => log.warn({ caseId, err: error }, 'a supervisor’s leg was not taken out'))
      },
    }),
  ]
}
