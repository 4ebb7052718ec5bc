import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker'

const root = path.resolve(__dirname, '..')
const home = path.join(root, '.build')

/** Everything that a bundle is made of: lint keeps the workflows from importing anything else of ours. */
const folders = ['workflows', 'domain']
const files = ['configuration/failureConverter.ts', 'worker/workflowBundle.ts', 'package-lock.json']

/**
 * The workflows as set-up bundled them, which spares a worker some seconds at each start; undefined when
 * there is no bundle, or one of other sources. A worker without one bundles for itself.
 */
export function bundledWorkflows(folder = home): { codePath: string } | undefined {
  const codePath = path.join(folder, 'workflows.js')
  return existsSync(codePath) && readFileSync(codePath, 'utf8').startsWith(mark()) ? { codePath } : undefined
}

/** Bundles the workflows for all workers that start from these sources. Settles with the file. */
export async function bundleWorkflows(folder = home): Promise<{ codePath: string }> {
  const { code } = await bundleWorkflowCode({
    workflowsPath: require.resolve('../workflows'),
    workflowInterceptorModules: [require.resolve('../workflows/traceHeaders')],
    // As the worker's data converter has it; a worker with another one refuses the bundle.
    failureConverterPath: require.resolve('../configuration/failureConverter'),
    logger: new DefaultLogger('WARN'),
  })
  const codePath = path.join(folder, 'workflows.js')
  mkdirSync(folder, { recursive: true })
  // Renamed into place: a worker that starts meanwhile never reads half a bundle.
  writeFileSync(`${codePath}.${process.pid}`, mark() + code)
  renameSync(`${codePath}.${process.pid}`, codePath)
  return { codePath }
}

/** How the bundle begins: it names the sources that it was made of. No line of its own, because the source map counts them. */
function mark(): string {
  const hash = createHash('sha256')
  for (const file of [...folders.flatMap(filesUnder), ...files]) hash.update(file).update(readFileSync(path.join(root, file)))
  return `/* sources: ${hash.digest('hex')} */ `
}

function filesUnder(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => path.join(folder, name))
    .toSorted()
}

if (require.main === module) {
  bundleWorkflows().catch((error: unknown) => {
    console.error(error)
    process.exitCode = 1
  })
}
