import { cpus, loadavg, platform, release, totalmem } from 'node:os'

/** What the numbers were taken on. */
export function machine() {
  const [cpu] = cpus()
  return {
    cores: cpus().length,
    cpu: cpu?.model ?? 'unknown',
    memoryBytes: totalmem(),
    system: `${platform()} ${release()}`,
    node: process.versions.node,
    /** Before we began: what others were doing. */
    loadBefore: loadavg()[0]!,
  }
}
