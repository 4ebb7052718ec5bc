import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'

export const root = path.resolve(__dirname, '..', '..')

export function readDocument(name: string): string {
  return readFileSync(path.join(root, name), 'utf8')
}

export interface Block {
  language: string
  /** The word after `run`: what the tests call the block by. */
  name: string
  text: string
}

/** The fenced blocks of a document that are marked to be run: ```sh run name */
export function blocksToRun(markdown: string): Block[] {
  return [...markdown.matchAll(/^```(\w+) run ([\w-]+)\n([\s\S]*?)^```$/gm)].map(([, language, name, text]) => ({
    language: language!,
    name: name!,
    text: text!,
  }))
}

export interface Terminal {
  /** Runs commands as a reader would type them, one after the other in the same shell. @returns what they printed */
  type(commands: string): Promise<string>
  close(): void
}

/** A shell that stays open, because a reader's variables and functions last from one block to the next. */
export function openTerminal(folder: string): Terminal {
  const shell = spawn('bash', ['-u'], { cwd: folder, stdio: 'pipe' })
  let output = ''
  let heard = () => {}
  for (const stream of [shell.stdout, shell.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      heard()
    })
  shell.on('close', () => heard())

  return {
    async type(commands) {
      output = ''
      shell.stdin.write(`${commands}\necho "<<status $?>>"\n`)
      for (;;) {
        const done = /<<status (\d+)>>/.exec(output)
        if (done) {
          const printed = output.slice(0, done.index)
          if (done[1] !== '0') throw new Error(`ended with status ${done[1]}:\n${commands}\n${printed}`)
          return printed
        }
        if (shell.exitCode !== null) throw new Error(`the shell ended:\n${commands}\n${output}`)
        await new Promise<void>((resolve) => (heard = resolve))
      }
    },
    close: () => void shell.kill(),
  }
}
