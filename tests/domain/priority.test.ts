import fc from 'fast-check'
import type { FlaggedPayment } from '../../domain/flag'
import { dialPriority, priorityOf } from '../../domain/priority'

const payment = (score: number, amount: number) => ({ risk: { score }, amount: { amount, currency: 'CNY' } }) as FlaggedPayment
const score = fc.integer({ min: 0, max: 100 })
const amount = fc.integer({ min: 1, max: 1_000_000_000_000_000 })

test('a whole number from 0 to 100', () => {
  fc.assert(
    fc.property(score, amount, (risk, money) => {
      const priority = priorityOf(payment(risk, money))
      expect(Number.isInteger(priority) && priority >= 0 && priority <= 100).toBe(true)
    }),
  )
})

test('more risk or more money never means less priority', () => {
  fc.assert(
    fc.property(score, score, amount, amount, (riskA, riskB, moneyA, moneyB) => {
      const less = priorityOf(payment(Math.min(riskA, riskB), Math.min(moneyA, moneyB)))
      const more = priorityOf(payment(Math.max(riskA, riskB), Math.max(moneyA, moneyB)))
      expect(more).toBeGreaterThanOrEqual(less)
    }),
  )
})

describe('dialling', () => {
  test('less time left never goes later', () => {
    const millis = fc.integer({ min: -600_000, max: 600_000 })
    fc.assert(fc.property(millis, millis, (a, b) => expect(dialPriority(Math.min(a, b), false)).toBeLessThanOrEqual(dialPriority(Math.max(a, b), false))))
  })
  test('a broken promise goes first, a repeated attempt last', () => {
    expect(dialPriority(-1, false)).toBe(1)
    expect(dialPriority(179_000, false)).toBe(4)
    expect(dialPriority(-1, true)).toBe(5)
  })
})
