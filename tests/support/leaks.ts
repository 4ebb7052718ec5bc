const opened = new Set<string>()
// Where the test environment, which lives outside the file's own globals, looks after the last hook.
Object.assign(globalThis, { leftOpen: opened })

/** Notes something that the test file must close before it ends. */
export function open(what: string): { closed(): void } {
  opened.add(what)
  return { closed: () => void opened.delete(what) }
}
