import { setHandler, sleep, workflowInfo } from '@temporalio/workflow'
import type { DisclosureInput, DisclosureOutcome } from '../domain/disclosure/disclosure'
import { approvalDecided } from '../domain/messages'
import { records } from './activities'
import { consent, hear, type Heard } from './approval'
import { outlivesReleases } from './outlivesReleases'

/**
 * A lawful disclosure: two people other than whoever entered it agree, or nothing is disclosed; then there is a package
 * for a while, and the persons concerned are told as soon as the law allows, or never.
 */
export async function disclosure({ caseId, requestedBy, reason, deadline, packageSeconds, informAt }: DisclosureInput): Promise<DisclosureOutcome> {
  const heard: Heard = new Map()
  setHandler(approvalDecided, (decided) => hear(heard, decided))
  const { workflowId } = workflowInfo()

  await records.beginDisclosure(caseId)
  const request = { requestKey: `disclosure:${caseId}`, caseId, kind: 'disclosure' as const, subject: caseId, reason, requestedBy, expiresAt: deadline, workflowId }
  const consented = await consent(() => records.requestApproval(request), heard, Date.parse(deadline))
  if (consented !== 'approved') {
    const outcome = consented === 'refused' ? 'refused' : 'expired'
    await records.refuseDisclosure(caseId, outcome)
    return outcome
  }

  await records.makeDisclosurePackage(caseId, packageSeconds)
  await Promise.all([expire(caseId, packageSeconds), inform(caseId, informAt)])
  await records.closeDisclosure(caseId, 'disclosed')
  return 'disclosed'
}

async function expire(caseId: string, packageSeconds: number): Promise<void> {
  await sleep(packageSeconds * 1_000)
  await records.expireDisclosurePackage(caseId)
}

async function inform(caseId: string, informAt: string | null): Promise<void> {
  if (informAt === null) return
  await sleep(Math.max(1, Date.parse(informAt) - Date.now()))
  await records.informPersons(caseId)
}

outlivesReleases(disclosure)
