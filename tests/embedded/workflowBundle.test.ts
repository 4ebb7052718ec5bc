import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { bundledWorkflows } from '../../worker/workflowBundle'
import { infrastructure } from '../support/shared'
import { temporaryFolder } from './folder'

test('a worker takes the bundle of its own sources, and none of others', () => {
  const folder = path.join(temporaryFolder(), 'build')
  expect(bundledWorkflows(folder)).toBeUndefined()
  mkdirSync(folder)
  const bundle = readFileSync(infrastructure().workflowBundle, 'utf8')
  const codePath = path.join(folder, 'workflows.js')
  writeFileSync(codePath, bundle)
  expect(bundledWorkflows(folder)).toEqual({ codePath })
  writeFileSync(codePath, bundle.replace(/sources: [0-9a-f]{8}/, 'sources: 00000000'))
  expect(bundledWorkflows(folder)).toBeUndefined()
})
