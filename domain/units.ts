import { z } from 'zod'

/** The longest that a policy may let anything last: 90 days. */
export const seconds = z
  .number()
  .positive()
  .max(90 * 86_400)

/** An amount in minor units of its currency. Far below what a double can still count by ones. */
export const minorUnits = z.int().min(0).max(1_000_000_000_000_000)

/** A risk score in a rule: 0 to 100, or 101, which no payment reaches. */
export const score = z.int().min(0).max(101)
