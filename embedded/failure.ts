/** The start cannot go on; the message is one sentence for the person at the terminal, shown without a stack. */
export class StartFailure extends Error {
  override name = 'StartFailure'
}

/** Turns what the operating system said into a sentence where we can say more than it did. */
export function inWords(error: unknown): unknown {
  const { code, path } = (error ?? {}) as NodeJS.ErrnoException
  if (code === 'ENOSPC') return new StartFailure(`The disk is full${path ? ` (writing ${path})` : ''}: free some space and start again.`)
  if (code === 'EROFS') return new StartFailure(`${path} is on a read-only disk: set DATA_DIR to a folder that can be written.`)
  if ((code === 'ENOTDIR' || code === 'EEXIST') && path) {
    return new StartFailure(`${path} cannot be made, because a file is in the way: set DATA_DIR to a folder.`)
  }
  if ((code === 'EACCES' || code === 'EPERM') && path) {
    return new StartFailure(`No permission for ${path}: set DATA_DIR to a folder of yours, or change its owner.`)
  }
  return error
}
