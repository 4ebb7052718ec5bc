import { records } from './activities'

/** Started by a schedule: hands over flags that were recorded while Temporal was out of reach. */
export async function recoverFlags(): Promise<number> {
  return records.handOverFlags()
}
