import type { DisclosureView } from '../../api/disclosures/view'
import type { ApprovalView } from '../../api/views/approval'
import { signedIn, type Person } from './person'
import type { PlannedDisclosure, PlannedDispute } from './planMatters'
import { drawFrom } from './seeded'
import { pause, type World } from './world'

export interface DisputeAsSeen {
  status: string
  decision: string | null
  tasks: { kind: string; state: string }[]
  moneyActions: { kind: string; status: string }[]
}

/** Those who work on disputes and disclosures, and the second persons. */
export type Office = Awaited<ReturnType<typeof openOffice>>

export async function openOffice(world: World, complaints: string[]) {
  const { over, plan } = world
  const [one, two, lawyer, colleague] = await Promise.all(
    ['supervisor.one', 'supervisor.two', 'compliance.one', 'compliance.two'].map((name) => signedIn(world, `${name}@demo.example`)),
  )
  const draw = drawFrom(plan.seed).apart('office')
  const submitted: string[] = []

  const read = async (caseId: string): Promise<DisputeAsSeen> => (await one!.ask<DisputeAsSeen>('GET', `/v1/disputes/${caseId}`)).body
  const readDisclosure = async (caseId: string): Promise<DisclosureView> => (await lawyer!.ask<DisclosureView>('GET', `/v1/disclosures/${caseId}`)).body

  async function callbackIsOver(paymentId: string): Promise<boolean> {
    over.throwIfAborted()
    const { body } = await one!.ask<{ cases: { status: string }[] }>('GET', `/v1/supervision/histories?kind=callback&paymentId=${paymentId}`)
    return body.cases.every(({ status }) => status === 'closed')
  }

  function expectOneOf(answer: { status: number; body: unknown }, what: string, ...expected: number[]): void {
    if (!expected.includes(answer.status)) complaints.push(`${what} was answered ${answer.status} ${JSON.stringify(answer.body)}`)
  }

  async function decide(by: Person, caseId: string, decision: string, tasks: DisputeAsSeen['tasks']): Promise<void> {
    for (const { kind } of decision === 'rejected' ? tasks.filter(({ state }) => state === 'open') : [])
      expectOneOf(
        await by.ask('PUT', `/v1/disputes/${caseId}/tasks`, { kind, state: 'not_available', result: 'nobody has it' }),
        `evidence for ${caseId}`,
        204,
        409,
      )
    // 409: it is decided, or waits for a second person.
    expectOneOf(await by.ask('POST', `/v1/disputes/${caseId}/decision`, { decision, reason: 'as was found' }), `the decision on ${caseId}`, 200, 409)
  }

  return {
    mediator: one!,
    read,
    readDisclosure,
    submitted,
    claim: async (paymentId: string) => (await one!.ask<{ status: string }>('GET', `/v1/compensations/${paymentId}`)).body,

    /** From taking it up until it is closed. After an appeal somebody else decides. */
    async handle(caseId: string, { body: { paymentId }, advance, afterCallback, decisions }: PlannedDispute, appeal: () => Promise<void>): Promise<void> {
      expectOneOf(await one!.ask('POST', `/v1/disputes/${caseId}/take-up`), `taking up ${caseId}`, 204, 409)
      if (advance)
        expectOneOf(await one!.ask('POST', `/v1/disputes/${caseId}/advance`, { reason: 'the payer depends on it' }), `the advance for ${caseId}`, 202, 409)
      await pause(draw.between(1_000, 6_000), over)
      while (afterCallback && !(await callbackIsOver(paymentId))) await pause(1_000, over)
      for (let dispute = await read(caseId); dispute.status !== 'closed'; dispute = await read(caseId)) {
        const [first, second] = decisions
        if (dispute.status === 'received' || dispute.status === 'investigating') await decide(one!, caseId, first!, dispute.tasks)
        if (dispute.status === 'decided' && second) await appeal()
        if (dispute.status === 'appealed') await decide(two!, caseId, second!, dispute.tasks)
        await pause(1_000, over)
        over.throwIfAborted()
      }
    },

    /** From the authority's request until the package is gone again, or was refused. */
    async disclose({ reference }: PlannedDisclosure): Promise<void> {
      const now = Date.now()
      const request = {
        authority: 'Police of the third district',
        officer: 'the officer on duty',
        reference,
        basis: 'court_order',
        persons: [plan.payers[0]!.payerId],
        fields: ['name', 'payments'],
        period: { from: new Date(now - 86_400_000).toISOString(), until: new Date(now).toISOString() },
        deadline: new Date(now + 3_600_000).toISOString(),
        reason: 'fraud',
        informAt: null,
      }
      const made = await lawyer!.ask<{ caseId: string }>('POST', '/v1/disclosures', request)
      expectOneOf(made, `the disclosure ${reference}`, 201)
      const path = `/v1/disclosures/${made.body.caseId}`
      const paper = { name: 'order.pdf', mediaType: 'application/pdf', content: Buffer.from('%PDF-1.4\n').toString('base64') }
      expectOneOf(await lawyer!.ask('PUT', `${path}/document`, paper), `the document of ${reference}`, 200, 409)
      expectOneOf(await lawyer!.ask('POST', `${path}/submission`), `the submission of ${reference}`, 202, 409)
      submitted.push(made.body.caseId)
      while ((await readDisclosure(made.body.caseId)).status !== 'closed') {
        await pause(1_000, over)
        over.throwIfAborted()
      }
    },

    /** Looks again and again what waits for a second person, and mostly agrees, until the world is over. */
    decideApprovals(): void {
      const work = async () => {
        while (!over.aborted) {
          for (const person of [two!, lawyer!, colleague!]) {
            const { body } = await person.ask<{ approvals?: ApprovalView[] }>('GET', '/v1/approvals?limit=200')
            for (const { approvalId, bar } of body.approvals ?? []) {
              if (bar !== null) continue
              const vote = draw.chance(0.85) ? { vote: 'approve' } : { vote: 'refuse', reason: 'not convincing' }
              expectOneOf(await person.ask('POST', `/v1/approvals/${approvalId}/decision`, vote), `a vote on ${approvalId}`, 200, 403, 409)
            }
          }
          await pause(800, over)
        }
      }
      work().catch((error: unknown) => void (over.aborted || complaints.push(String(error))))
    },
  }
}
