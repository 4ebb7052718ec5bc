import { z } from 'zod'
import { identifier, oneLine } from '../text'
import { disclosedFields, legalBases } from './disclosure'

const moment = z.iso.datetime({ offset: true, error: 'expected an RFC 3339 time, such as 2012-05-25T01:08:00Z' }).transform((time) => new Date(time).toISOString())
const unique = (all: readonly unknown[]) => new Set(all).size === all.length

/** What compliance enters of an authority's request. */
export const disclosureRequestSchema = z
  .strictObject({
    authority: oneLine(200),
    officer: oneLine(200).meta({ description: 'who receives the package' }),
    reference: oneLine(200).meta({ description: 'the authority’s own file number' }),
    basis: z.enum(legalBases),
    persons: z.array(identifier).min(1).max(50).refine(unique, { error: 'expected nobody twice' }).meta({ description: 'ids of payers' }),
    fields: z.array(z.enum(disclosedFields)).min(1).max(disclosedFields.length).refine(unique, { error: 'expected no field twice' }),
    period: z.strictObject({ from: moment, until: moment }).refine(({ from, until }) => from < until, { path: ['until'], error: 'expected a time after `from`' }),
    deadline: moment.refine((time) => Date.parse(time) > Date.now(), { error: 'expected a time in the future' }).meta({ description: 'until when it must be decided' }),
    reason: oneLine(1_000),
    informAt: moment.nullable().meta({ description: 'when the persons concerned are told; null when the law forbids it' }),
  })
  .meta({ id: 'DisclosureRequest' })
export type DisclosureRequest = z.output<typeof disclosureRequestSchema>

export const documentTypes = ['application/pdf', 'image/png', 'image/jpeg'] as const
export const maxDocumentBytes = 5 * 1024 * 1024

export const disclosureDocumentSchema = z
  .strictObject({
    name: oneLine(200).regex(/^[^/\\]*$/, 'expected a file name without slashes'),
    mediaType: z.enum(documentTypes),
    content: z.base64().min(4).max(Math.ceil((maxDocumentBytes * 4) / 3) + 4),
  })
  .meta({ id: 'DisclosureDocument' })
