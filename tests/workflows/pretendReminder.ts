import type { Activities } from '../../activities'
import type { CheckMove } from '../../activities/reminder'
import { scoreAfterTalk } from '../../domain/reminder/score'
import type { Fate } from '../../records/reminder/progress'
import type { Scene } from './scene'

type ReminderActivities = Pick<
  Activities,
  'enterPhase' | 'recordTalkResult' | 'messageTrustedContact' | 'sealFate' | 'moveCheckMoney' | 'closeReminder' | 'endChat' | 'chatAgentIsThere'
>

/** What PostgreSQL and the ledger would keep of a paused payment. */
export function createPretendReminder(sceneOf: (caseId: string) => Scene): ReminderActivities {
  const fates = new Map<string, Fate>()
  const money = new Map<string, CheckMove>()
  return {
    async enterPhase(caseId, phase, seconds) {
      await sceneOf(caseId).noteNow('phase', { phase, seconds })
    },
    async recordTalkResult(caseId, talk) {
      await sceneOf(caseId).noteNow('talk', { ...talk })
      return scoreAfterTalk(80, talk.scamType)
    },
    messageTrustedContact: async () => undefined,
    async sealFate(caseId, wanted) {
      const fate = fates.get(caseId) ?? wanted
      fates.set(caseId, fate)
      await sceneOf(caseId).noteNow('fate', { ...fate })
      return fate
    },
    async moveCheckMoney({ caseId, paymentId }, kind) {
      const scene = sceneOf(caseId)
      await scene.noteNow('money', { kind })
      const answer = scene.script.ledger?.(kind, scene.noted('money').filter((note) => note.kind === kind).length, paymentId) ?? { status: 'confirmed' as const }
      const before = money.get(paymentId)
      if (kind !== 'hold' && before !== 'hold' && before !== kind) throw new Error(`${kind} of a payment whose money is ${before ?? 'not held'}`)
      if (answer.status === 'confirmed') money.set(paymentId, kind)
      return answer
    },
    async closeReminder(caseId) {
      const scene = sceneOf(caseId)
      scene.caseOpen = false
      await scene.noteNow('closed')
    },
    async endChat(caseId) {
      await sceneOf(caseId).noteNow('chat ended')
    },
    async chatAgentIsThere(caseId) {
      await sceneOf(caseId).noteNow('asked for the chat’s agent')
      return sceneOf(caseId).script.agentComesBack ?? true
    },
  }
}
