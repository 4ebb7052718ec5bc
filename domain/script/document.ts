import { z } from 'zod'
import { languageTag } from '../flag'
import { securityHoles, type SecurityHole } from '../security'
import { caseKinds } from '../status'
import { freeText, oneLine } from '../text'
import { demandWords, type Placeholder } from './placeholders'

const person: readonly Placeholder[] = ['payer', 'agent']
const text = (max: number, rule: { allowed?: readonly Placeholder[]; needed?: readonly Placeholder[]; keys?: readonly string[] } = {}) =>
  freeText(max).trim().min(1).superRefine(demandWords(rule.allowed ?? [], rule.needed ?? [], rule.keys ?? []))
/** What the agent says, or the telephone, before the payer has said who they are: no fact of a payment. */
const beforeIdentity = (max: number) => text(max, { allowed: person })
/** Heard by whoever holds the phone, a machine maybe: no name either. */
const forAnybody = (max: number) => text(max)
const advice = z.strictObject({ title: forAnybody(80), text: forAnybody(600) })
const adviceWithStep = z.strictObject({ ...advice.shape, step: forAnybody(200).meta({ description: 'the line of the text message that tells how' }) })
const holes = Object.fromEntries(securityHoles.map((hole) => [hole, adviceWithStep])) as Record<SecurityHole, typeof adviceWithStep>

/**
 * What agents say and telephones announce, in one language for one kind of case. Placeholders stand for the facts;
 * one that is unknown, missing, or would tell a payment too early is refused by name.
 */
export const scriptDocumentSchema = z
  .strictObject({
    speech: z.strictObject({
      opening: beforeIdentity(1_000),
      identity: beforeIdentity(1_000),
      payment: text(1_000, { allowed: [...person, 'amount', 'payee', 'time'], needed: ['amount'] }).meta({ description: 'asked for each payment, after the identity' }),
      questions: z.array(text(1_000, { allowed: person })).min(1).max(20),
      closing: beforeIdentity(1_000),
    }),
    guidance: z.strictObject({
      ...holes,
      wellProtected: advice,
      unknown: forAnybody(300).meta({ description: 'stands before an advice of which the account’s records do not tell' }),
      message: z.strictObject({ lead: forAnybody(200), end: forAnybody(300) }),
    }),
    announcements: z.strictObject({
      voice: z.strictObject({ language: oneLine(20), name: oneLine(60) }).meta({ description: '`language` and `voice` of TwiML’s Say' }),
      recorded: forAnybody(200).meta({ description: 'stands for {recorded} where the policy records' }),
      transcribed: forAnybody(200).meta({ description: 'stands for {recorded} where what is said is written down too' }),
      connecting: text(500, { allowed: ['recorded'], needed: ['recorded'] }),
      identify: text(500, { allowed: ['payer'], needed: ['payer'], keys: ['1', '9'] }),
      question: text(500, { allowed: ['amount', 'payee'], needed: ['amount'], keys: ['1', '2', '0'] }).meta({ description: 'after the key that says who it is' }),
      thanks: forAnybody(500),
      toPerson: text(500, { allowed: ['recorded'], needed: ['recorded'] }),
      waiting: forAnybody(500),
      lineBroken: forAnybody(500).meta({ description: 'the agent’s line broke in the middle of the talk' }),
      apology: forAnybody(500),
      voicemail: forAnybody(500).meta({ description: 'a machine hears it: no name and no payment' }),
      goodbye: forAnybody(500),
      noCase: forAnybody(500),
      enterCode: forAnybody(500),
    }),
  })
  .meta({ id: 'ScriptDocument' })
export type ScriptDocument = z.output<typeof scriptDocumentSchema>

/** Which script: for which kind of case, in which language. */
export const scriptSubjectSchema = z.strictObject({ kind: z.enum(caseKinds), language: languageTag })
export type ScriptSubject = z.output<typeof scriptSubjectSchema>
