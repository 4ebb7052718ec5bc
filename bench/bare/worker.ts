import { Context } from '@temporalio/activity'
import { DefaultLogger, NativeConnection, Runtime, Worker, type InjectedSinks } from '@temporalio/worker'
import { createDataConverter } from '../../configuration/payloadCodec'
import { payloadKeys } from '../../configuration/payloadKeys'
import { tuning } from '../../worker/tuning'
import type { Awaited, BareSinks } from './workflow'

/** What the load generator is told, in place of the dashboards and webhooks of the product. */
export interface BareNews {
  workflowId: string
  /** What the case waits for now, or an activity of it that runs. */
  what: Awaited | 'dial' | 'close'
  /** Epoch milliseconds. */
  at: number
}

export type BareActivities = typeof activities

const tell = (workflowId: string, what: BareNews['what']) => void process.send!({ workflowId, what, at: Date.now() } satisfies BareNews)
const tellOfActivity = (what: BareNews['what']) => tell(Context.current().info.workflowExecution!.workflowId, what)

const sinks: InjectedSinks<BareSinks> = { world: { awaits: { fn: ({ workflowId }, what) => tell(workflowId, what), callDuringReplay: false } } }

const activities = {
  async open(_flag: unknown) {
    return { hold: { status: 'confirmed' }, offer: { offerId: 'offer', agentId: 'agent', expiresAt: new Date().toISOString() } }
  },
  async dial(_flag: unknown) {
    tellOfActivity('dial')
    return { made: true, callSid: 'call' }
  },
  async settle(_verdicts: unknown) {
    return { status: 'confirmed' }
  },
  async close() {
    tellOfActivity('close')
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
    await Worker.create({ ...shared, ...tuning.cases, taskQueue: 'bare', workflowsPath: require.resolve('./workflow'), sinks, activities: others }),
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
