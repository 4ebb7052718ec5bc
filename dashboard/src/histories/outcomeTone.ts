import type { AnyOutcome } from '../../../domain/status'
import type { Tone } from '../design/Badge'

export function outcomeTone(outcome: AnyOutcome): Tone {
  if (outcome === 'confirmed') return 'good'
  return outcome === 'denied' || outcome === 'scam' ? 'danger' : 'warn'
}
