import { fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createDataConverter } from '../../configuration/payloadCodec'
import { createTemporal } from '../../configuration/temporal'
import type { Engine } from '../engine'
import { flagOf } from '../flag'
import type { Product } from '../product'
import { bareCase, callEnded, flagged, offerAnswered, payerReached, recordVerdicts } from './workflow'
import type { BareNews } from './worker'

export interface BareEngine extends Engine {
  pid: number
  stop(): Promise<void>
}

/** Drives the bare workflow as the product's API drives the real one: by signals and an update, each at the same point. */
export async function startBareEngine(product: Product): Promise<BareEngine> {
  const worker = fork(path.join(__dirname, 'worker.ts'), {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, BARE_TEMPORAL_ADDRESS: product.temporalAddress, BARE_PAYLOAD_KEYS: product.secrets.payloadKeys },
  })
  await new Promise<void>((resolve, reject) => {
    worker.once('message', () => resolve())
    worker.once('exit', (code) => reject(new Error(`the bare worker ended with exit code ${code} before it was ready`)))
  })
  const address = { connectionOptions: { address: product.temporalAddress }, namespace: 'default' }
  const temporal = createTemporal(address, createDataConverter(product.payloadKeys))
  const { workflow } = temporal.client
  const hearers = new Map<string, (news: BareNews) => void>()
  worker.on('message', (news: BareNews) => hearers.get(news.workflowId)?.(news))
  let cases = 0

  return {
    name: 'bare',
    pid: worker.pid!,
    async start() {
      const flag = flagOf(++cases)
      const workflowId = `bare/${flag.payer.id}`
      const handle = workflow.getHandle(workflowId)
      const began = Date.now()
      let request = NaN
      let whole = NaN
      const closed = new Promise<void>((resolve, reject) => {
        const act: Record<BareNews['what'], () => Promise<unknown>> = {
          answer: () => handle.signal(offerAnswered, { offerId: 'offer', agentId: 'agent', accepted: true }),
          dial: async () => undefined,
          payer: () => handle.signal(payerReached, { attemptId: `${workflowId}.1`, needsAgent: false }),
          verdict: () => handle.executeUpdate(recordVerdicts, { args: [{ agentId: 'agent', verdicts: [{ paymentId: flag.paymentId, verdict: 'owner_confirmed' }] }] }),
          end: () => handle.signal(callEnded, { attemptId: `${workflowId}.1`, outcome: 'contact' }),
          close: async () => {
            hearers.delete(workflowId)
            resolve()
          },
        }
        hearers.set(workflowId, ({ what, at }) => {
          if (what === 'dial') request = at - began
          if (what === 'close') whole = at - began
          act[what]().catch(reject)
        })
      })
      await workflow.signalWithStart(bareCase, { workflowId, taskQueue: 'bare', args: [], signal: flagged, signalArgs: [flag] })
      const answer = Date.now() - began
      return { closed, timing: async () => ({ answer, request, ring: request, whole }) }
    },
    async stop() {
      await temporal.close()
      worker.disconnect()
      if (worker.exitCode === null) await once(worker, 'exit')
    },
  }
}
