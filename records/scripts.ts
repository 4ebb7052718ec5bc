import { builtInScripts } from '../domain/script/builtIn'
import type { ScriptDocument, ScriptSubject } from '../domain/script/document'
import { readReference, scriptReference } from '../domain/script/reference'
import { scriptLanguage, scriptLanguages } from '../domain/script/wording'
import type { CaseKind } from '../domain/status'
import type { Database, Sql } from './database'

/** A script at the version that a call has, or would have now. */
export interface VersionedScript extends ScriptSubject {
  /** 0: as it came with the product. */
  version: number
  reference: string
  document: ScriptDocument
}

export function scriptKey({ kind, language }: ScriptSubject): string {
  return `${kind}/${language}`
}

/** Where a script for this case is looked for, the best first: the payer's own language before the kind of case. */
export function scriptsFor(kind: CaseKind, locale: string): ScriptSubject[] {
  const languages = [...new Set([locale, locale.split('-')[0] ?? locale, scriptLanguage(locale)])]
  const kinds = [...new Set<CaseKind>([kind, 'callback'])]
  return languages.flatMap((language) => kinds.map((each) => ({ kind: each, language })))
}

function builtIn({ kind, language }: ScriptSubject): ScriptDocument | undefined {
  const known = scriptLanguages.find((each) => each === language)
  return kind === 'callback' && known ? builtInScripts[known] : undefined
}

/**
 * Which script a call has that is made now.
 * @param versions the newest version of each script that was written, by `kind/language`
 */
export function newestScript(kind: CaseKind, locale: string, versions: Readonly<Record<string, number>>): string {
  const found = scriptsFor(kind, locale).find((subject) => scriptKey(subject) in versions || builtIn(subject))!
  return scriptReference(found, versions[scriptKey(found)] ?? 0)
}

/** The newest script for a kind of case and a payer's language. */
export async function scriptInForce(tx: Sql, kind: CaseKind, locale: string): Promise<VersionedScript> {
  const rows = await tx.$queryRaw<{ subject: string; version: number }[]>`
    SELECT subject, max(version) AS version FROM arrangement_version WHERE kind = 'script' AND subject = ANY(${scriptsFor(kind, locale).map(scriptKey)}) GROUP BY subject`
  return scriptAt(tx, newestScript(kind, locale, Object.fromEntries(rows.map(({ subject, version }) => [subject, version]))))
}

// A version never changes once written, so it may be remembered for ever.
const known = new Map<string, VersionedScript>()

/** A script as some call had it. */
export async function scriptAt(tx: Sql, reference: string): Promise<VersionedScript> {
  const remembered = known.get(reference)
  if (remembered) return remembered
  const subject = readReference(reference)
  if (!subject) throw new Error(`${reference} is no script`)
  const [row] =
    subject.version === 0
      ? [{ body: builtIn(subject) }]
      : await tx.$queryRaw<{ body: ScriptDocument }[]>`
          SELECT body FROM arrangement_version WHERE kind = 'script' AND subject = ${scriptKey(subject)} AND version = ${subject.version}`
  if (!row?.body) throw new Error(`there is no script ${reference}`)
  const script = { ...subject, reference, document: row.body }
  known.set(reference, script)
  return script
}

/** The script of a case: that of its newest call, and before the first one the one in force. */
export async function scriptOfCase(tx: Sql, caseId: string): Promise<VersionedScript | undefined> {
  const [row] = await tx.$queryRaw<{ kind: CaseKind; locale: string; script: string | null }[]>`
    SELECT c.kind, coalesce(h.payee->>'locale', c.locale) AS locale, (SELECT a.script FROM attempt a WHERE a.case_id = c.id AND a.script IS NOT NULL ORDER BY a.number DESC LIMIT 1) AS script
    FROM risk_case c LEFT JOIN transfer_help h ON h.case_id = c.id WHERE c.id = ${caseId}`
  if (!row) return undefined
  return row.script === null ? scriptInForce(tx, row.kind, row.locale) : scriptAt(tx, row.script)
}

export interface ListedScript extends ScriptSubject {
  version: number
  changedBy: string | null
  changedAt: Date | null
}

/** All scripts that have texts of their own, at their newest version. */
export async function listScripts(db: Database): Promise<ListedScript[]> {
  const rows = await db.arrangementVersion.findMany({ where: { kind: 'script' }, orderBy: [{ subject: 'asc' }, { version: 'desc' }], distinct: ['subject'] })
  const written = rows.flatMap(({ subject, version, createdBy, createdAt }) => {
    const about = readReference(`${subject}@${version}`)
    return about ? [{ ...about, changedBy: createdBy, changedAt: createdAt }] : []
  })
  const untouched = scriptLanguages.map((language) => ({ kind: 'callback' as const, language, version: 0, changedBy: null, changedAt: null }))
  return [...written, ...untouched.filter((one) => !written.some((other) => scriptKey(other) === scriptKey(one)))].toSorted((a, b) => (scriptKey(a) < scriptKey(b) ? -1 : 1))
}
