import { CallRefused, type ProviderCall } from '../providers/telephony'
import { tellThirdPartyNews } from '../providers/thirdParties'
import { isOver } from '../records/calls'
import { sqlOf } from '../records/database'
import { readLine, ringSecondsOf, type ThirdPartyLine } from '../records/thirdParty/line'
import { recordThirdPartyReport, storeThirdPartyCall, type ThirdPartyReport } from '../records/thirdParty/reports'
import type { ActivityDependencies } from './dependencies'
import { createRinging } from './ringing'

/** How a third party's call stands. */
export interface ThirdPartyCall {
  /** Nobody is on their line, and nothing rings. */
  over: boolean
  /** They are on the line. */
  live: boolean
  /** They are to be in the talk; otherwise their call is to be ended. */
  wanted: boolean
  ringSeconds: number
}

/** Somebody whom an agent adds to a talk by telephone: rung once like any attempt, by the same means. */
export function createThirdPartyActivities({ db, temporal, telephony, configuration, log, metrics }: ActivityDependencies) {
  const ringing = createRinging({ db, telephony, log, metrics })
  const wanted = ({ droppedAt, talking }: ThirdPartyLine) => droppedAt === null && talking

  async function lineOf(id: string): Promise<ThirdPartyLine> {
    const line = await readLine(sqlOf(db), id)
    if (!line) throw new Error(`third party ${id} is unknown`)
    return line
  }

  async function standing(id: string): Promise<ThirdPartyCall> {
    const line = await lineOf(id)
    return { over: line.status === 'ended', live: line.status === 'in_progress', wanted: wanted(line), ringSeconds: await ringSecondsOf(sqlOf(db), line) }
  }

  /** What we found out ourselves goes the way of a callback. */
  async function take(report: Omit<ThirdPartyReport, 'source'>): Promise<void> {
    const news = await recordThirdPartyReport(db, { ...report, source: 'poll' })
    if (news) await tellThirdPartyNews(temporal, news)
  }

  /** The call that there is, looked up if we never had the answer. */
  async function callOf(line: ThirdPartyLine): Promise<string | undefined> {
    if (line.callSid) return line.callSid
    const found = await ringing.reconcile(line)
    if (found) await storeThirdPartyCall(db, line.id, found.callSid, 'reconciled')
    return found?.callSid
  }

  /** A call that the provider does not know rings nowhere. */
  const takeFound = (id: string, callSid: string, found: ProviderCall | undefined) =>
    take({ id, callSid, status: found?.status ?? 'failed', ...(found ? {} : { errorCode: '20404' }) })

  return {
    /** Rings once, however often it is executed. Whoever is not wanted by now is not rung, nor is anybody while dialling is stopped. */
    async dialThirdParty(id: string): Promise<ThirdPartyCall> {
      const line = await lineOf(id)
      if (line.status === 'ended' || (await callOf(line))) return standing(id)
      if (!wanted(line) || line.paused) {
        await take({ id, status: wanted(line) ? 'failed' : 'canceled', ...(wanted(line) ? { errorCode: 'dialling_paused' } : {}) })
        return standing(id)
      }
      const documents = `${configuration.publicBaseUrl}/telephony/third-parties/${encodeURIComponent(id)}`
      const answer = await ringing.ask(line, { documents, ringSeconds: await ringSecondsOf(sqlOf(db), line) })
      if (answer instanceof CallRefused) await take({ id, status: 'failed', errorCode: String(answer.code ?? 'refused') })
      else await storeThirdPartyCall(db, id, answer.callSid, 'created')
      return standing(id)
    },

    /** Nothing was heard of their call for too long: asks the provider, and takes in what it says. */
    async pollThirdParty(id: string): Promise<ThirdPartyCall> {
      const line = await lineOf(id)
      const callSid = line.status === 'ended' ? undefined : await callOf(line)
      if (callSid) await takeFound(id, callSid, await telephony.fetchCall(callSid))
      return standing(id)
    },

    /** Ends their call, or sees to it that none is made. One that was over before is news: its callback is lost. */
    async endThirdParty(id: string): Promise<ThirdPartyCall> {
      const line = await lineOf(id)
      if (line.status === 'ended') return standing(id)
      const callSid = await callOf(line)
      if (callSid) {
        const found = await telephony.endCall(callSid)
        if (!found || isOver(found.status)) await takeFound(id, callSid, found)
      } else await take({ id, status: wanted(line) ? 'failed' : 'canceled' })
      return standing(id)
    },
  }
}
