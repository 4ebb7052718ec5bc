import { caseKinds } from '../status'
import type { ScriptSubject } from './document'

/** A script at one version, as a call keeps it: `callback/en@3`; version 0 comes with the product. */
export function scriptReference({ kind, language }: ScriptSubject, version: number): string {
  return `${kind}/${language}@${version}`
}

/** @returns undefined when it is no reference of ours */
export function readReference(reference: string): (ScriptSubject & { version: number }) | undefined {
  const [, kind, language, version] = /^(\w+)\/([\w-]+)@(\d+)$/.exec(reference) ?? []
  const known = caseKinds.find((each) => each === kind)
  return known && language !== undefined ? { kind: known, language, version: Number(version) } : undefined
}
