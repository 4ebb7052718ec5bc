import type { Configuration } from '../configuration/configuration'
import type { Log } from '../configuration/log'
import type { Telephony } from './telephony'

interface Line {
  telephony: Telephony
  configuration: Configuration
  log: Log
}

/**
 * The payer is not left with silence, whatever becomes of the agent. That it cannot be said is no reason to fail: whoever
 * reported that the agent left would only do so again.
 * @param callSid of the payer's leg
 */
export async function tellLineBroke({ telephony, configuration, log }: Line, caseId: string, callSid: string): Promise<void> {
  try {
    await telephony.announceTo(caseId, callSid, `${configuration.publicBaseUrl}/telephony/conferences/${encodeURIComponent(caseId)}/line-broken`)
  } catch (error) {
    log.warn({ caseId, err: error }, 'the payer could not be told that the line broke')
  }
}
