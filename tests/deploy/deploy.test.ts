import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parse, parseAllDocuments } from 'yaml'
import { readDocument, root } from '../readme/commands'

/** The files of deploy/, read and held against the product. They cannot be run here. */

// A manifest is taken apart freely; what is not there makes the test fail.
// oxlint-disable-next-line no-explicit-any
type Manifest = any

const kubernetes: Manifest[] = readdirSync(path.join(root, 'deploy/kubernetes')).flatMap((name) =>
  parseAllDocuments(readDocument(`deploy/kubernetes/${name}`)).map((document): Manifest => {
    if (document.errors.length > 0) throw new Error(`${name}: ${document.errors.join('; ')}`)
    return document.toJS()
  }),
)
const compose: Manifest = parse(readDocument('deploy/compose.yaml'), { merge: true })
const rules: Manifest = parse(readDocument('deploy/prometheus/rules.yaml'))
const board: Manifest = JSON.parse(readDocument('deploy/grafana/risk-callback.json'))

const ofKind = (kind: string) => kubernetes.filter((manifest) => manifest.kind === kind)
const workloads = () => [...ofKind('Deployment'), ...ofKind('Job')]
const containers = () => workloads().flatMap((manifest) => manifest.spec.template.spec.containers as Manifest[])

/** What the API, the worker and the migrations read. */
const settings = new Set([
  ...[...readDocument('configuration/configuration.ts').matchAll(/^ {2}([A-Z][A-Z0-9_]+): /gm)].map(([, name]) => name!),
  'TEMPORAL_ADDRESS',
  'TEMPORAL_NAMESPACE',
])

test('every setting is one of the product’s, and none that it must have is missing', () => {
  const example = [...readDocument('deploy/risk-callback.env.example').matchAll(/^([A-Z0-9_]+)=/gm)].map(([, name]) => name!)
  const inCompose = new Set([...example, ...Object.keys(compose.services.api.environment), ...Object.keys(compose.services.worker.environment)])
  const [configMap] = ofKind('ConfigMap')
  const [secret] = ofKind('Secret')
  const inCluster = new Set([
    ...Object.keys(configMap.data),
    ...Object.keys(secret.stringData),
    ...containers().flatMap(({ env = [] }) => (env as { name: string }[]).map(({ name }) => name)),
  ])
  const required = [
    'DATABASE_URL',
    'SESSION_SECRET',
    'PAYLOAD_KEYS',
    'PUBLIC_BASE_URL',
    'TEMPORAL_ADDRESS',
    'TWILIO_ACCOUNT_SID',
    'FUNDS_URL',
    'FUNDS_WEBHOOK_SECRET',
  ]
  for (const given of [inCompose, inCluster]) {
    expect([...given].filter((name) => !settings.has(name))).toEqual([])
    expect(required.filter((name) => !given.has(name))).toEqual([])
  }
})

test('no secret is in the files', () => {
  const [secret] = ofKind('Secret')
  expect(Object.values(secret.stringData).filter((value) => value !== '')).toEqual([])
  const example = readDocument('deploy/risk-callback.env.example')
  expect([...example.matchAll(/^\w*(?:TOKEN|SECRET|KEYS|KEY_SID|PASSWORD)=(.+)$/gm)]).toEqual([])
})

test('every command runs a file that is there, and nothing that the image leaves out', () => {
  const ignored = readDocument('.dockerignore').trim().split('\n')
  const commands: string[][] = [
    ...containers().map(({ command }) => command as string[]),
    ...Object.values<Manifest>(compose.services).flatMap(({ command }) => (command ? [command as string[]] : [])),
    JSON.parse(/^CMD (.+)$/m.exec(readDocument('deploy/Dockerfile'))![1]!) as string[],
  ]
  expect(commands.length).toBeGreaterThanOrEqual(6)
  for (const command of commands) {
    expect(command.slice(0, 3)).toEqual(['node', '--import', 'tsx'])
    expect({ command, there: existsSync(path.join(root, command[3]!)) }).toEqual({ command, there: true })
    expect(ignored).not.toContain(command[3]!.split('/')[0])
  }
})

test('pods run as nobody in particular, are watched, and have time to stop', () => {
  for (const { kind, spec } of workloads()) {
    const pod = spec.template.spec
    expect(pod.securityContext).toMatchObject({ runAsNonRoot: true })
    for (const container of pod.containers as Manifest[]) {
      expect(container.securityContext).toMatchObject({ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true })
      expect(container.resources).toMatchObject({ requests: { cpu: expect.anything(), memory: expect.anything() }, limits: { memory: expect.anything() } })
      if (kind !== 'Deployment') continue
      expect(container).toMatchObject({ startupProbe: expect.anything(), livenessProbe: expect.anything() })
      const ports = (container.ports as { name: string }[]).map(({ name }) => name)
      for (const probe of ['startupProbe', 'livenessProbe', 'readinessProbe']) if (container[probe]) expect(ports).toContain(container[probe].httpGet.port)
      // A worker gives its activities 10 s, the API its requests 10 s.
      expect(pod.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(20)
    }
  }
})

test('services, budgets and autoscalers mean pods that exist', () => {
  const labels = ofKind('Deployment').map(({ spec }) => JSON.stringify(spec.template.metadata.labels))
  const names = ofKind('Deployment').map(({ metadata }) => metadata.name as string)
  for (const { spec } of ofKind('Deployment')) expect(labels).toContain(JSON.stringify(spec.selector.matchLabels))
  for (const { spec } of ofKind('Service')) expect(labels).toContain(JSON.stringify(spec.selector))
  for (const { spec } of ofKind('PodDisruptionBudget')) expect(labels).toContain(JSON.stringify(spec.selector.matchLabels))
  expect(
    ofKind('HorizontalPodAutoscaler')
      .map(({ spec }) => spec.scaleTargetRef.name as string)
      .toSorted(),
  ).toEqual(names.toSorted())
})

test('alerts and panels are about metrics that the product has', () => {
  const code = ['api', 'worker'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(path.join(root, folder, name), 'utf8')),
  )
  const metrics = new Set([...code.join('\n').matchAll(/'((?:risk_callback|http_request|event_streams)_[a-z_]+)'/g)].map(([, name]) => name!))
  const alerts = (rules.groups as Manifest[]).flatMap((group) => group.rules as Manifest[])
  const panels = (board.panels as Manifest[]).flatMap((panel) => panel.targets as Manifest[])
  expect([alerts.length, panels.length].every((count) => count > 5)).toBe(true)
  for (const { expr } of [...alerts, ...panels] as { expr: string }[]) {
    const named = [...expr.matchAll(/\b(?:risk_callback|http_request|event_streams)_[a-z_]+/g)].map(([name]) => name.replace(/_bucket$/, ''))
    expect({ expr, unknown: named.filter((name) => !metrics.has(name)), named: named.length > 0 }).toEqual({ expr, unknown: [], named: true })
  }
})

test('every alert says what is wrong and where to read what to do', () => {
  for (const alert of (rules.groups as Manifest[]).flatMap((group) => group.rules as Manifest[])) {
    expect(alert).toMatchObject({
      alert: expect.any(String),
      labels: { severity: expect.stringMatching(/^(critical|warning)$/) },
      annotations: { summary: expect.any(String) },
    })
    const [file, anchor] = (alert.annotations.runbook as string).split('#')
    const anchors = [...readDocument(file!).matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
      heading!
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(' ', '-'),
    )
    expect(anchors).toContain(anchor)
  }
})
