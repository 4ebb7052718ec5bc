import { z } from 'zod'
import { languageTag, phoneNumber } from '../flag'
import { identifier, oneLine } from '../text'

/** Somebody whom agents may add to a talk. */
export const directoryEntrySchema = z
  .strictObject({
    id: identifier,
    name: z.strictObject({ en: oneLine(80), zh: oneLine(80) }),
    phone: phoneNumber,
    purpose: oneLine(200).meta({ description: 'what they are called for, and what they must be told' }),
    language: languageTag.optional().meta({ description: 'of the announcement that they hear; absent: the payer’s' }),
    active: z.boolean().meta({ description: 'false: kept, and not offered to agents' }),
  })
  .meta({ id: 'DirectoryEntry' })
export type DirectoryEntry = z.output<typeof directoryEntrySchema>

export const directorySchema = z
  .strictObject({
    entries: z
      .array(directoryEntrySchema)
      .max(500)
      .superRefine((entries, context) => {
        for (const [index, { id }] of entries.entries())
          if (entries.findIndex((one) => one.id === id) !== index) context.addIssue({ code: 'custom', path: [index, 'id'], message: 'expected each id once' })
      }),
  })
  .meta({ id: 'Directory' })
export type Directory = z.output<typeof directorySchema>
