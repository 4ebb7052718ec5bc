export interface Progress {
  say(line: string): void
  /** How far the present step is; on a terminal in one line, elsewhere now and then. */
  show(done: number, of: number): void
  step(name: string): void
}

const betweenLinesMillis = 5_000

export function createProgress(out: NodeJS.WriteStream = process.stderr): Progress {
  const began = Date.now()
  let current = ''
  let shownAt = 0
  let open = false
  const seconds = () => `${String(Math.round((Date.now() - began) / 1_000)).padStart(4)} s`
  const endLine = () => {
    if (open) out.write('\n')
    open = false
  }
  return {
    say(line) {
      endLine()
      out.write(`${seconds()}  ${line}\n`)
    },
    step(name) {
      current = name
      shownAt = 0
      this.say(`${name} …`)
    },
    show(done, of) {
      const line = `${seconds()}  ${current}: ${done} of ${of}`
      if (out.isTTY) {
        out.write(`\r${line}\u001b[K`)
        open = true
      } else if (done < of && Date.now() - shownAt > betweenLinesMillis) {
        if (shownAt > 0) out.write(`${line}\n`)
        shownAt = Date.now()
      }
    },
  }
}
