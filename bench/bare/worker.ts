import { Context } from '@temporalio/activity'
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker'
import { createDataConverter } from '../../configuration/payloadCodec'
import { payloadKeys } from '../../configuration/payloadKeys'
import { tuning } from '../../worker/tuning'

/** What the load generator is told, in place of the dashboards and webhooks of the product. */
export interface BareNews {
  workflowId: string
  what: 'open' | 'dial' | 'close'
  /** Epoch milliseconds. */
  at: number
}

export type BareActivities = typeof activities

const tell = (what: BareNews['what']) =>
  process.send!({ workflowId: Context.current().info.workflowExecution!.workflowId, what, at: Date.now() } satisfies BareNews)

const activities = {
  async open(_flag: unknown) {
    tell('open')
    return { hold: { status: 'confirmed' }, offer: { offerId: 'offer', agentId: 'agent', expiresAt: new Date().toISOString() } }
  },
  async dial(_flag: unknown) {
    tell('dial')
    return { made: true, callSid: 'call' }
  },
  async settle(_verdicts: unknown) {
    return { status: 'confirmed' }
  },
  async close() {
    tell('close')
    return { closed: true }
  },
}

/** A process of its own, like the product's worker, on the same settings and with the same encryption. */
async function main(): Promise<void> {
  Runtime.install({ shutdownSignals: [], logger: new DefaultLogger('ERROR') })
  const connection = await NativeConnection.connect({ address: process.env.BARE_TEMPORAL_ADDRESS! })
  const shared = { connection, namespace: 'default', dataConverter: createDataConverter(payloadKeys.parse(process.env.BARE_PAYLOAD_KEYS)) }
  const { dial, ...others } = activities
  const workers = [
    await Worker.create({ ...shared, ...tuning.cases, taskQueue: 'bare', workflowsPath: require.resolve('./workflow'), activities: others }),
    await Worker.create({ ...shared, ...tuning.dialling, taskQueue: 'bare-dialling', activities: { dial }, maxTaskQueueActivitiesPerSecond: 1_000 }),
  ]
  const stop = () => workers.forEach((worker) => worker.getState() === 'RUNNING' && worker.shutdown())
  process.on('disconnect', stop).on('SIGTERM', stop)
  const running = workers.map((worker) => worker.run())
  process.send!('ready')
  await Promise.all(running)
  await connection.close()
}

if (require.main === module)
  main().then(
    () => process.exit(0),
    (error: unknown) => {
      console.error(error)
      process.exit(1)
    },
  )
