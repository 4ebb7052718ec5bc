import type { TransferHelpBody } from '../../domain/transferHelp/request'
import { planPersona, type Persona } from './persona'
import type { Draw } from './seeded'

/** A transfer that went to the wrong person, and how everybody takes it. */
export interface PlannedHelp {
  atMillis: number
  body: TransferHelpBody
  phone: { number: string; persona: Persona }
  /** Minor units of the transfer that the payee has spent before we hear of it. */
  spent: number
  /** The payee gets so much later on, in minor units. */
  earns: { amount: number; afterMillis: number }
  /** What the payee answers by the link; the others leave it to the telephone. */
  answers: 'return' | 'parts' | 'refuse' | 'telephone'
  mediation: 'agreed' | 'given_up' | 'second_thoughts' | 'left_alone'
}

export function planHelp(draw: Draw, nth: number, atMillis: number): PlannedHelp {
  const amount = draw.whole(10_000, 900_000)
  const phone = { number: `+86135${10_000_000 + nth}`, persona: { ...planPersona(draw), presses: draw.one([['1', '1'], ['1', '2'], ['1', '0'], ['9'], []]) } }
  return {
    atMillis,
    phone,
    spent: draw.one([0, 0, Math.floor(amount / 2), amount]),
    earns: { amount: draw.one([0, amount]), afterMillis: draw.whole(4_000, 20_000) },
    answers: draw.weighted({ telephone: 45, return: 15, parts: 20, refuse: 20 }),
    mediation: draw.weighted({ agreed: 40, given_up: 20, second_thoughts: 20, left_alone: 20 }),
    body: {
      transferId: `strayed-${nth}`,
      kind: draw.one(['wrong_transfer', 'impersonation']),
      reason: 'It went to somebody else.',
      transferredAt: new Date(Date.now() - 3_600_000).toISOString(),
      amount: { amount, currency: 'CNY' },
      payer: { id: `sender-${nth}`, name: '赵先生', phones: [`+86134${10_000_000 + nth}`] },
      payee: { id: `receiver-${nth}`, name: '钱女士', phone: phone.number },
    },
  }
}
