import type { DeskDeps } from './desk'

/** Takes somebody's leg out of a talk. Their browser leaves by itself; this is for one that does not. */
export async function takeOut({ telephony, log }: Pick<DeskDeps, 'telephony' | 'log'>, caseId: string, label: string): Promise<void> {
  await telephony
    .legsIn(caseId)
    .then((legs) => Promise.all(legs.filter((leg) => leg.label === label).map(({ callSid }) => telephony.removeLeg(caseId, callSid))))
    .catch((error: unknown) => log.warn({ caseId, err: error }, 'an agent’s leg was not taken out'))
}
