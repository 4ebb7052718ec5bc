import { execFileSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { StartFailure } from './failure'

/** How PostgreSQL's programs are to be run, and who owns their files. */
export interface PostgresAccount {
  uid?: number
  gid?: number
  /** Put before the command, empty in the ordinary case. */
  wrapper: string[]
}

/**
 * PostgreSQL refuses to run as root, so root lends it an account that exists everywhere. When that account
 * cannot reach the files (a clone under /root, a private temporary folder), it gets the one capability to
 * read past folder permissions instead of us loosening them.
 * @throws {StartFailure} when root has no way to run it
 */
export function postgresAccount(paths: string[]): PostgresAccount {
  if (process.getuid?.() !== 0) return { wrapper: [] }
  const account = lookUp('postgres') ?? lookUp('nobody')
  if (!account)
    throw new StartFailure('PostgreSQL does not run as root and there is neither a postgres nor a nobody account: start as another user, or set DATABASE_URL.')
  if (paths.every(everybodyMayReach)) return { ...account, wrapper: [] }
  const wrapper = [
    'setpriv',
    `--reuid=${account.uid}`,
    `--regid=${account.gid}`,
    '--clear-groups',
    '--inh-caps=+dac_read_search',
    '--ambient-caps=+dac_read_search',
  ]
  try {
    execFileSync(wrapper[0]!, [...wrapper.slice(1), 'true'], { stdio: 'ignore' })
  } catch {
    throw new StartFailure(
      `PostgreSQL does not run as root, and its account cannot reach ${paths.find((each) => !everybodyMayReach(each))}: start as another user, move the folder, or set DATABASE_URL.`,
    )
  }
  return { uid: account.uid, gid: account.gid, wrapper }
}

function lookUp(name: string): { uid: number; gid: number } | undefined {
  const entry = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((line) => line.startsWith(`${name}:`))
  if (!entry) return undefined
  const [, , uid, gid] = entry.split(':')
  return { uid: Number(uid), gid: Number(gid) }
}

/** Whether each folder on the way lets everybody through. */
function everybodyMayReach(file: string): boolean {
  const folder = path.dirname(path.resolve(file))
  return (statSync(folder).mode & 0o001) !== 0 && (folder === path.dirname(folder) || everybodyMayReach(folder))
}
