import type { CaseSummary } from '../../dashboard/src/api/supervision'

export function pretendSummary(number: number): CaseSummary {
  const outcome = (['confirmed', 'denied', 'scam', 'mixed', 'unsure', 'unreachable'] as const)[number % 6] ?? null
  const opened = new Date(Date.UTC(2026, 10, 22, 9, 0, 0) - number * 600_000).toISOString()
  const amount = { amount: 75_870 * (number + 1), currency: 'CNY' }
  return {
    caseId: number === 1 ? 'case-closed' : `case-${number}`,
    kind: 'callback',
    status: number === 0 ? 'talking' : 'closed',
    outcome: number === 0 ? null : outcome,
    priority: 80,
    late: number === 4,
    openedAt: opened,
    closedAt: number === 0 ? null : opened,
    deadline: opened,
    firstRingAt: opened,
    needsAttention: number === 3 ? { reason: 'ledger_refused', kind: 'freeze', paymentId: 'pay_3', said: null } : null,
    payer: { id: `payer-${number}`, name: '李**', locale: 'zh-CN' },
    agentId: 'agent-1',
    agentName: 'Agent One',
    attempts: (number % 3) + 1,
    lastAttempt: { number: 1, outcome: number === 0 ? null : 'contact', intendedAt: opened, endedAt: opened },
    payments: [{ paymentId: `pay-${number}`, amount, verdict: 'owner_confirmed', fundsState: 'released' }],
    amounts: [amount],
    verdicts: ['owner_confirmed'],
  }
}
