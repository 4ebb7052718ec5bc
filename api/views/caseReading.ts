import type { Database } from '../../records/database'
import { actorOf, type Caller, type Staff } from '../access/caller'
import { everHeld, holds } from '../desk/holding'
import { sameReadingSeconds } from '../access/trail'
import { forbidden, notFound } from '../problem'
import { readCase, type CaseView } from './case'
import type { Sight } from './person'

/**
 * How much of a case a caller may see. The risk engine gave us the data, and the agent who has the
 * case needs it; supervisors see it all, and that is noted; an agent who had it sees it masked.
 * @throws Problem 404 for no such case, 403 for one that is not theirs
 */
export async function sightOf(db: Database, caller: Caller, caseId: string): Promise<Sight> {
  if (!(await db.riskCase.findUnique({ where: { id: caseId }, select: { id: true } }))) throw notFound('There is no such case.')
  if (caller.kind === 'key') return 'full'
  if (await holds(db, caller.id, caseId)) return 'full'
  if (caller.role !== 'agent') return 'full'
  if (await everHeld(db, caller.id, caseId)) return 'masked'
  throw forbidden('You may see the cases that you have or had.')
}

export async function readCaseFor(db: Database, caller: Caller, caseId: string): Promise<CaseView> {
  const sight = await sightOf(db, caller, caseId)
  if (caller.kind === 'staff' && caller.role !== 'agent') await noteReading(db, caller, caseId)
  const view = await readCase(db, caseId, sight)
  if (!view) throw notFound('There is no such case.')
  return view
}

/** Seeing a payer's data unmasked is an event of the case, and so a row of the audit log, before it is shown. */
export async function noteReading(db: Database, caller: Staff, caseId: string): Promise<void> {
  const actor = actorOf(caller)
  await db.$executeRaw`
    INSERT INTO case_event (case_id, actor, type)
    SELECT ${caseId}, ${actor}, 'case_read' WHERE NOT EXISTS (
      SELECT 1 FROM case_event WHERE case_id = ${caseId} AND actor = ${actor} AND type = 'case_read'
        AND at > now() - make_interval(secs => ${sameReadingSeconds}))`
}
