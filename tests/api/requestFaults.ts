import type { Json } from './browser'

/** One thing wrong with a request that is otherwise as the document's example. */
export interface Fault {
  /** As the answer must name it; undefined when the value may be right after all. */
  field?: string
  what: string
  body: unknown
}

/** What PostgreSQL cannot hold. */
export const impossibleTexts = ['a\u0000b', 'half of a pair: \ud800']
/** What nobody should be able to do harm with, whether it is taken or not. */
const hostileTexts = [
  "'; DROP TABLE risk_case; --",
  '<script>alert(1)</script>',
  '{{7*7}}${7*7}',
  '../../../etc/passwd',
  '\u202etxt.exe\r\nSet-Cookie: a=b',
  '🧨'.repeat(50),
]
const hostileNumbers = [-1, 2 ** 53, 1e300, -(2 ** 31) - 1]

/** Every field of a request's body, wrong in each way that its schema tells, and then with what is hostile. */
export function faultsOf(document: Json, schema: Json, example: unknown): Fault[] {
  const found: Fault[] = []
  const put = (path: Path, what: string, value: unknown, wrong: boolean) =>
    found.push({ what: `${nameOf(path)} ${what}`, body: replaced(example, path, value), ...(wrong ? { field: nameOf(path) } : {}) })

  const walk = (given: Json, value: unknown, path: Path, required: boolean) => {
    const one = resolved(document, given)
    if (path.length > 0 && required) put(path, 'left out', gone, true)
    for (const wrong of wrongTypes(document, one)) put(path, `as ${JSON.stringify(wrong)}`, wrong, true)
    for (const [what, wrong] of outside(one)) put(path, what, wrong, true)
    if (typeof value === 'string') for (const text of impossibleTexts) put(path, `as ${JSON.stringify(text)}`, text, true)
    if (typeof value === 'string') for (const text of hostileTexts) put(path, `as ${JSON.stringify(text).slice(0, 40)}`, text, false)
    if (typeof value === 'number') for (const number of hostileNumbers) put(path, `as ${number}`, number, false)
    if (Array.isArray(value)) walk(one.items ?? {}, value[0], [...path, 0], false)
    else if (typeof value === 'object' && value !== null) {
      for (const [name, part] of Object.entries<Json>(value)) {
        const known = one.properties?.[name]
        if (known) walk(known, part, [...path, name], one.required?.includes(name) ?? false)
        // In a free object anything may stand, as long as it can be stored.
        else
          for (const text of impossibleTexts)
            found.push({ what: `${nameOf(path)} with ${name} as ${JSON.stringify(text)}`, body: replaced(example, [...path, name], text), field: nameOf(path) })
      }
      if (one.additionalProperties === false) put([...path, 'somethingElse'], 'which nobody asked for', 1, true)
    }
  }
  walk(schema, example, [], true)
  return found
}

type Path = (string | number)[]
const gone = Symbol('left out')
const nameOf = (path: Path) => path.join('.') || '(body)'

function resolved(document: Json, schema: Json): Json {
  return schema?.$ref ? resolved(document, document.components.schemas[schema.$ref.split('/').at(-1)]) : (schema ?? {})
}

/** Empty: anything goes. */
function types(document: Json, given: Json): string[] {
  const one = resolved(document, given)
  const choices: Json[] | undefined = one.anyOf ?? one.oneOf
  if (choices) {
    const each = choices.map((choice) => types(document, choice))
    return each.some((some) => some.length === 0) ? [] : each.flat()
  }
  if (one.const !== undefined) return [one.const === null ? 'null' : typeof one.const]
  return one.type === undefined ? [] : [one.type].flat()
}

const ofEachType: [string[], unknown][] = [
  [['string'], 'text'],
  [['number', 'integer'], 5],
  [['boolean'], true],
  [['null'], null],
  [['array'], []],
  [['object'], {}],
]

function wrongTypes(document: Json, schema: Json): unknown[] {
  const allowed = types(document, schema)
  return allowed.length === 0 ? [] : ofEachType.filter(([names]) => !names.some((name) => allowed.includes(name))).map(([, value]) => value)
}

/** Of the right type, and beyond what the schema allows. */
function outside({ type, maxLength, minLength, minimum, maximum, maxItems, minItems, ...one }: Json): [string, unknown][] {
  return [
    ...(maxLength ? [[`of ${maxLength + 1} letters`, 'x'.repeat(maxLength + 1)] as [string, unknown]] : []),
    ...(minLength ? [['empty', ''] as [string, unknown]] : []),
    ...(minimum === undefined ? [] : [[`below ${minimum}`, minimum - 1] as [string, unknown]]),
    ...(maximum === undefined ? [] : [[`above ${maximum}`, maximum + 1] as [string, unknown]]),
    ...(type === 'integer' ? [['in halves', 1.5] as [string, unknown]] : []),
    ...(one.enum ? [['of a kind that does not exist', type === 'string' ? 'nonesuch' : -9_999] as [string, unknown]] : []),
    ...(one.format === 'date-time' ? [['on a day that does not exist', '2026-02-31T25:00:00Z'] as [string, unknown]] : []),
    ...(minItems ? [['empty', []] as [string, unknown]] : []),
    ...(maxItems ? [[`of ${maxItems + 1} entries`, Array.from({ length: maxItems + 1 }, () => null)] as [string, unknown]] : []),
  ]
}

function replaced(value: unknown, [first, ...rest]: Path, by: unknown): unknown {
  if (first === undefined) return by
  const copy: Json = Array.isArray(value) ? [...value] : { ...(value as object) }
  if (rest.length === 0 && by === gone) delete copy[first]
  else copy[first] = replaced(copy[first], rest, by)
  return copy
}
