import { z } from 'zod'
import { helpStatuses, type HelpStatus } from '../../domain/transferHelp/help'
import type { TransferHelpRequest } from '../../domain/transferHelp/request'
import { handOverTransferHelp } from '../../providers/transferHelp'
import { HelpConflict, openHelp } from '../../records/transferHelp/openHelp'
import { conflict } from '../problem'
import type { TransferHelpDeps } from './transferHelp'

/** Beyond this the answer does not wait for Temporal: the case is recorded, and recovery hands it over. */
const temporalPatienceMillis = 2_000

export const helpOpenedSchema = z.object({ caseId: z.string(), status: z.enum(helpStatuses) }).meta({ id: 'TransferHelpOpened' })
export const openingAnswers = {
  202: { description: 'Help is on its way.', schema: helpOpenedSchema },
  200: { description: 'The same request came before.', schema: helpOpenedSchema },
  409: { description: 'Help was asked for this transfer with another body, it has not gone out, is disputed, or the payer has the money back.' },
}
export const openingExample = {
  transferId: 'transfer_20261120_101500_0007',
  kind: 'impersonation',
  reason: 'The account had my friend’s picture and nickname; now I am blocked.',
  transferredAt: '2026-11-20T02:15:00Z',
  amount: { amount: 500_000, currency: 'CNY' },
  payer: { id: 'li-1001', name: '李先生', phones: ['+8613800000001'], locale: 'zh-CN' },
  payee: { id: 'wang-2002', name: '王小明', phone: '+8613800000002', locale: 'zh-CN' },
}

/** Records a case of help and hands it to Temporal. @returns the answer, and its HTTP status */
export async function openFor({ db, temporal, log }: Pick<TransferHelpDeps, 'db' | 'temporal' | 'log'>, request: TransferHelpRequest, openedBy: string) {
  const opened = await openHelp(db, request, openedBy).catch((error: unknown) => {
    throw error instanceof HelpConflict ? conflict(error.message) : error
  })
  const { caseId } = opened
  if (!opened.handedOver)
    try {
      await temporal.withDeadline(Date.now() + temporalPatienceMillis, () => handOverTransferHelp(db, temporal, opened.input))
    } catch (error) {
      log.error({ caseId, err: error }, 'Temporal did not take the case of help; recovery will hand it over')
    }
  return { status: opened.known ? 200 : 202, answer: { caseId, status: opened.status as HelpStatus } }
}
