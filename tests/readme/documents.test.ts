import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { english } from '../../dashboard/src/language/en'
import { terms as chinese } from '../../dashboard/src/language/zh/terms'
import { defaultPolicy } from '../../domain/policy'
import { promiseSteps } from '../../domain/promise'
import { readDocument, root } from './commands'

/** What the documents say about the code, held against the code. */

const documents = ['README.md', 'CHANGELOG.md', ...filesUnder('docs', '.md')]

function filesUnder(folder: string, ending: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending) && !name.includes('node_modules'))
    .map((name) => path.join(folder, name))
}

function allMatches(text: string, pattern: RegExp): string[] {
  return [...new Set([...text.matchAll(pattern)].map(([, found]) => found!))].sort()
}

function sourcesOf(...folders: string[]): string {
  return folders
    .flatMap((folder) => filesUnder(folder, '.ts'))
    .map((name) => readFileSync(path.join(root, name), 'utf8'))
    .join('\n')
}

/** As GitHub makes them from headings. */
function anchorsOf(markdown: string): string[] {
  return [...markdown.matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

test.each(documents)('%s: every link leads somewhere', (name) => {
  const text = readDocument(name).replaceAll(/^```[\s\S]*?^```$/gm, '')
  const broken = allMatches(text, /\]\(([^)\s]+)\)/g).filter((link) => {
    if (/^(https?|mailto):/.test(link)) return false
    const [file, anchor] = link.split('#')
    const target = file ? path.join(path.dirname(name), file) : name
    if (!existsSync(path.join(root, target))) return true
    return anchor !== undefined && !anchorsOf(readDocument(target)).includes(anchor)
  })
  expect(broken).toEqual([])
})

test('README.md calls the buttons by what stands on them', () => {
  const [story] = /## The first flagged payment[\s\S]*?(?=^## )/m.exec(readDocument('README.md'))!
  const labels = allMatches(story.replaceAll(/^```[\s\S]*?^```$/gm, ''), /\*{1,2}([A-Z][^*\n]*)\*{1,2}/g)
  expect(labels).toContain('Go available')
  const onPages = JSON.stringify(english) + readDocument('simulator/phone/words.js')
  expect(labels.filter((label) => !onPages.includes(label))).toEqual([])
})

test('operators.md lists every setting, and no other', () => {
  const code =
    readDocument('configuration/configuration.ts') +
    readDocument('embedded/configuration.ts') +
    readDocument('embedded/environment.ts') +
    readDocument('embedded/chromium.ts')
  // Declared in the schema, read from what was given, or read by name.
  const inCode = allMatches(code, /(?:^ {2}|given\.|env\.|readPort\(given, ')([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|PORT|HOST)\b/gm)
  const inTable = allMatches(readDocument('docs/guides/operators.md'), /(?<=^\|[^|]*)`([A-Z][A-Z0-9_]+)`(?=[^|]*\|)/gm)
  const simulatorsOwn = ['SIMULATOR_SPEED']
  expect(inCode.filter((setting) => !inTable.includes(setting))).toEqual([])
  const known = new Set([...inCode, ...simulatorsOwn, 'TEMPORAL_NAMESPACE', 'TEMPORAL_API_KEY'])
  expect(inTable.filter((setting) => !known.has(setting))).toEqual([])
})

test('operators.md lists every policy setting with its value in version 1', () => {
  const rows = new Map([...readDocument('docs/guides/operators.md').matchAll(/^\| `([a-z]\w+)` \| ([^|]+) \|/gm)].map(([, name, value]) => [name!, value!]))
  for (const [name, value] of Object.entries(defaultPolicy)) {
    const said = rows.get(name)
    if (typeof value !== 'object') expect({ name, said }).toEqual({ name, said: String(value) })
    else for (const word of words(value)) expect(said).toContain(word)
  }
})

function words(value: object): string[] {
  return Object.entries(value).flatMap(([name, inner]) => [name, ...(typeof inner === 'object' ? [] : [String(inner)])])
}

test('operators.md lists every metric of ours, and no other', () => {
  const named = /\b((?:risk_callback|http_request|event_streams)_[a-z_]+[a-z])\b/g
  const inCode = allMatches(sourcesOf('api', 'worker'), /'((?:risk_callback|http_request|event_streams)_[a-z_]+)'/g)
  expect(inCode.length).toBeGreaterThan(5)
  expect(allMatches(readDocument('docs/guides/operators.md'), named)).toEqual(inCode)
})

test('integrators.md lists every event, and every step that can use up the time', () => {
  const text = readDocument('docs/guides/integrators.md')
  expect(allMatches(text, /`(risk-callback\.[a-z.]+)`/g)).toEqual(allMatches(readDocument('records/outbox.ts'), /'(risk-callback\.[a-z.]+)'/g))
  for (const step of promiseSteps) expect(text).toContain(`\`${step}\``)
})

test('data.md lists every table', () => {
  const tables = allMatches(readDocument('prisma/schema.prisma'), /@@map\("(\w+)"\)/g)
  expect(tables.filter((table) => !readDocument('docs/data.md').includes(`\`${table}\``))).toEqual([])
})

test('dependencies.md gives a reason for every package, and for no other', () => {
  const { dependencies, devDependencies } = JSON.parse(readDocument('package.json')) as Record<'dependencies' | 'devDependencies', object>
  const packages = [...Object.keys(dependencies), ...Object.keys(devDependencies)].filter((name) => !name.startsWith('@types/')).sort()
  expect(allMatches(readDocument('docs/dependencies.md'), /^\| `([^`]+)` \| [^|]{4,} \|/gm)).toEqual(packages)
})

test('the glossary speaks the Chinese of the dashboard', () => {
  const glossary = readDocument('docs/glossary.md')
  const spoken = [...Object.values(chinese.verdict), ...Object.values(chinese.scam), ...Object.values(chinese.fundsAction)]
  expect(spoken.filter((term) => !glossary.includes(term))).toEqual([])
})
