'use strict'
// Loaded into each of our own processes before its program. When the process that started it is gone
// (even by SIGKILL, which nobody can catch), the channel closes, and the part stops as if it had been asked to.
if (process.channel) {
  process.on('disconnect', () => {
    process.kill(process.pid, 'SIGTERM')
    // Nobody is left to insist, so the part does it by itself.
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), 20_000).unref()
  })
  process.channel.unref()
}
