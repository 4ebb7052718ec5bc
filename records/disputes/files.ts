import { createHash, randomUUID } from 'node:crypto'
import { sealed } from '../../configuration/vault'
import { inTransaction, type Database } from '../database'
import { appendEvents, lockCase } from '../timeline'
import { DisputeOver } from './progress'

export const fileTypes = ['application/pdf', 'image/png', 'image/jpeg', 'text/plain'] as const
export type FileType = (typeof fileTypes)[number]
export const maxFileBytes = 5 * 1024 * 1024
const maxFiles = 50

/** It is too large, one too many, or not what it says to be. */
export class UnfitFile extends Error {}

const beginnings: Record<Exclude<FileType, 'text/plain'>, Buffer> = {
  'application/pdf': Buffer.from('%PDF-'),
  'image/png': Buffer.from([0x89, 0x50, 0x4e, 0x47]),
  'image/jpeg': Buffer.from([0xff, 0xd8, 0xff]),
}

function isWhatItSays(mediaType: FileType, content: Buffer): boolean {
  if (mediaType !== 'text/plain') return content.subarray(0, beginnings[mediaType].length).equals(beginnings[mediaType])
  return !content.includes(0) && Buffer.from(content.toString('utf8')).equals(content)
}

/**
 * Attaches a file to a dispute. The same content twice is one file.
 * @returns undefined when there is no such dispute
 * @throws UnfitFile, DisputeOver
 */
export async function addFile(db: Database, caseId: string, actor: string, file: { name: string; mediaType: FileType; content: Buffer }) {
  const { name, mediaType, content } = file
  if (content.length === 0 || content.length > maxFileBytes) throw new UnfitFile(`expected 1 byte to ${maxFileBytes / 1024 / 1024} MiB`)
  if (!isWhatItSays(mediaType, content)) throw new UnfitFile(`is not ${mediaType}`)
  const sha256 = createHash('sha256').update(content).digest('hex')
  return inTransaction(db, async (tx) => {
    await lockCase(tx, caseId)
    const [dispute] = await tx.$queryRaw<{ status: string; files: number }[]>`
      SELECT c.status, (SELECT count(*)::int FROM dispute_file f WHERE f.case_id = c.id) AS files FROM dispute d JOIN risk_case c ON c.id = d.case_id WHERE c.id = ${caseId}`
    if (!dispute) return undefined
    if (dispute.status === 'closed') throw new DisputeOver('This dispute is closed.')
    const [known] = await tx.$queryRaw<{ fileId: string }[]>`SELECT id AS "fileId" FROM dispute_file WHERE case_id = ${caseId} AND sha256 = ${sha256}`
    if (known) return { ...known, sha256, size: content.length }
    if (dispute.files >= maxFiles) throw new UnfitFile(`is one too many: a dispute has up to ${maxFiles} files`)
    const fileId = `file_${randomUUID().replaceAll('-', '')}`
    await tx.$executeRaw`
      INSERT INTO dispute_file (id, case_id, name, media_type, size, sha256, content, added_by)
      VALUES (${fileId}, ${caseId}, ${sealed(name)}, ${mediaType}, ${content.length}, ${sha256}, ${sealed(content)}, ${actor})`
    await appendEvents(tx, caseId, [{ type: 'dispute_file_added', actor, data: { fileId, sha256, size: content.length } }])
    return { fileId, sha256, size: content.length }
  })
}

/** The file with its content; undefined when the dispute has no such file. */
export function readFile(db: Database, caseId: string, fileId: string) {
  return db.disputeFile.findFirst({ where: { id: fileId, caseId } })
}
