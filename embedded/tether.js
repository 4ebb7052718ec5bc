'use strict'
// Loaded into each of our own processes before its program. When the process that started it is gone
// (even by SIGKILL, which nobody can catch), the channel closes, and the part stops as if it had been asked to.
if (process.channel) {
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))
  process.channel.unref()
}
