import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { temporal } from '@temporalio/proto'
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker'
import { createDataConverter } from '../../configuration/payloadCodec'
import { infrastructure } from '../support/shared'
import { keys } from './keys'

beforeAll(() => void Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] }))

const versions = readdirSync(__dirname, { withFileTypes: true }).filter((entry) => entry.isDirectory())
const recorded = versions.flatMap(({ name: version }) => readdirSync(path.join(__dirname, version)).map((file) => path.join(version, file)))

// A failure means that calls in flight would break when this version is deployed over that one: make the change
// with `patched`, or, when that version was never released, record it anew with `npm run histories:record`.
test.each(recorded)('%s goes on with the workflows of today', async (file) => {
  const history = temporal.api.history.v1.History.fromObject(JSON.parse(readFileSync(path.join(__dirname, file), 'utf8')) as object)
  await Worker.runReplayHistory(
    { workflowBundle: { codePath: infrastructure().workflowBundle }, dataConverter: createDataConverter(keys) },
    history,
    'risk-callback/recorded',
  )
})

test('there are histories of every kind of ending', () => {
  expect(recorded.map((file) => path.basename(file, '.json')).sort()).toEqual(expect.arrayContaining(['automated', 'confirmed', 'joined', 'unanswered']))
})
