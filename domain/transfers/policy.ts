import { z } from 'zod'
import { minorUnits, seconds } from '../units'

/**
 * Protection of transfers before they happen: real names, names to be completed, names shown. Amounts in minorUnits units
 * of the transfer's currency; "above" excludes the amount itself.
 */
export const transferCheckPolicy = z.strictObject({
  /** A payer who is not verified by real name cannot transfer. */
  realNameRequired: z.boolean().default(true),
  /** Above this the payer completes the payee's masked name. */
  completeNameAbove: minorUnits.default(100_000),
  /** Above this the payee's full name is shown. */
  showNameAbove: minorUnits.default(2_000_000),
  /** Whether a warning about the payee makes the payer complete the name at any amount. */
  completeNameWhenWarned: z.boolean().default(true),
  /** An account younger than this is new; one renamed within this was renamed lately. */
  newPayeeDays: z.int().min(0).max(3_650).default(30),
  renamedDays: z.int().min(0).max(3_650).default(30),
  /** Wrong answers by one payer about one payee before both are locked, and for how long. */
  tries: z.int().min(1).max(10).default(3),
  lockSeconds: seconds.default(86_400),
  /** Wrong answers in 24 hours by one payer about anybody, and by anybody about one payee. */
  wrongAnswersOfPayer: z.int().min(1).max(1_000).default(6),
  wrongAnswersAboutPayee: z.int().min(1).max(10_000).default(20),
  /** Different payees in 24 hours of whom one payer gets to see a masked name, or a full one. */
  maskedNamesPerDay: z.int().min(1).max(10_000).default(20),
  fullNamesPerDay: z.int().min(0).max(10_000).default(5),
  /** The chance of guessing a masked name within all tries; more is hidden until it is below. */
  guessChance: z.number().gt(0).max(0.5).default(0.01),
  /** A name has to be completed within this. */
  validSeconds: seconds.default(900),
})

export type TransferCheckPolicy = z.output<typeof transferCheckPolicy>
