import { ActivityFailure, condition, log, setHandler } from '@temporalio/workflow'
import type { ThirdPartyCall } from '../activities/thirdParties'
import { dialPriority } from '../domain/priority'
import { thirdPartyDropped, thirdPartyEnded } from '../domain/thirdParty/messages'
import { dialling, telephony } from './activities'

// Somebody waits on the line for them; only calls whose promise is about to break go first.
const urgency = dialPriority(30_000, false)
// A talk does not wait longer for a provider that does not answer.
const giveUpAfterMillis = 120_000
// Beyond the provider's own ring timeout: then its callbacks are lost, and we ask.
const secondsOfSilence = { ringing: 20, talking: 60, longTalk: 300 }

/** Somebody is added to a talk by telephone: rung once, and stayed with until nobody is on their line. */
export async function thirdParty(id: string): Promise<void> {
  let ended = false
  let dropped = false
  setHandler(thirdPartyEnded, () => void (ended = true))
  setHandler(thirdPartyDropped, () => void (dropped = true))

  let call = await ring(id)
  for (let ending = false, quiet = secondsOfSilence.talking; !ended && !call.over; ) {
    dropped ||= !call.wanted
    if (dropped && !ending) {
      ending = true
      call = await telephony.endThirdParty(id)
      continue
    }
    const silence = call.live && !ending ? quiet : call.ringSeconds + secondsOfSilence.ringing
    if (await condition(() => ended || (dropped && !ending), silence * 1_000)) continue
    // A talk that goes on and on is asked about less and less.
    if (call.live) quiet = Math.min(quiet * 2, secondsOfSilence.longTalk)
    call = ending ? await telephony.endThirdParty(id) : await telephony.pollThirdParty(id)
  }
}

async function ring(id: string): Promise<ThirdPartyCall> {
  const { dialThirdParty } = dialling({ priorityKey: urgency, giveUpAfterMillis })
  try {
    return await dialThirdParty(id)
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error
    log.error('a third party could not be called', { thirdPartyId: id })
    return telephony.endThirdParty(id)
  }
}
