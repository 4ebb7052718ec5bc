import { startDatabase, type TestDatabase } from '../support/database'
import { startNamespace, type TestNamespace } from '../support/namespace'

let database: TestDatabase
let temporal: TestNamespace

beforeAll(async () => {
  database = await startDatabase()
  temporal = await startNamespace()
})
afterAll(async () => {
  await database.stop()
  await temporal.stop()
})

test('a test file has a migrated database of its own', async () => {
  expect(await database.db.riskCase.count()).toBe(0)
})

test('a test file has a Temporal namespace of its own', async () => {
  const { executions } = await temporal.connection.workflowService.listWorkflowExecutions({ namespace: temporal.namespace })
  expect(executions).toEqual([])
})
