import { records } from './activities'

/** Started by a schedule: hands over flags, disputes and cases of help that were recorded while Temporal was out of reach. */
export async function recoverFlags(): Promise<number> {
  return (await records.handOverFlags()) + (await records.handOverDisputes()) + (await records.handOverTransferHelp())
}
