import type { SignalDefinition } from '@temporalio/common'
import { taskQueues } from '../../domain/messages'
import { reminderWorkflowId, type RecordedCheck, type TalkResult, type TalkTaken, type UnpressedPlan } from '../../domain/reminder/check'
import { helpPressed, payerSpoke, recordTalk, reminderWorkflowType } from '../../domain/reminder/messages'
import type { Scene } from './scene'
import type { Stage } from './stage'
import type { Script } from './scene'

/** One paused payment on the stage. */
export async function pausedPayment(stage: Stage, plan: UnpressedPlan, script: Script = {}) {
  const scene: Scene = await stage.scene(script)
  const flag = await scene.record()
  const workflowId = reminderWorkflowId(scene.caseId)
  Object.defineProperty(scene, 'workflowId', { value: workflowId })
  const { caseId, paymentId, payerId, phones, locale, amount, policy } = flag
  const check: RecordedCheck = { caseId, paymentId, payerId, payeeId: 'goddess-520', phones, locale, amount, score: 80, plan, openedAt: flag.flaggedAt, policy }
  await stage.environment.client.workflow.start(reminderWorkflowType, { workflowId, taskQueue: taskQueues.cases, args: [check] })
  const tell = <Args extends [unknown]>(signal: SignalDefinition<Args>, ...args: Args) => scene.tell(signal, ...args)
  return {
    scene,
    says: (wants: 'cancel' | 'pay') => tell(payerSpoke, { wants }),
    presses: (channel: 'voice' | 'chat') => tell(helpPressed, { channel }),
    talked: (result: Omit<TalkResult, 'agentId'>): Promise<TalkTaken> =>
      scene.handle.executeUpdate(recordTalk, { args: [{ agentId: scene.agentId, ...result }] }),
    phases: () => scene.noted('phase').map(({ phase }) => phase),
    fate: () => scene.noted('fate').at(-1),
    moved: () => scene.noted('money').map(({ kind }) => kind),
  }
}
