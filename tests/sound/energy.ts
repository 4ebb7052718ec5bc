import type { BrowserContext, Page } from 'playwright-core'

// Minimal shapes of what lives in the page: the tests are compiled for Node.
interface InPage {
  RTCPeerConnection: new (...given: unknown[]) => Connection
  connections: Connection[]
}
interface Connection {
  connectionState: string
  getStats(): Promise<Map<string, { type: string; kind?: string; totalAudioEnergy?: number; packetsSent?: number }>>
}

export interface Sound {
  /** Connections that are up. */
  connected: number
  /** Sum of what was heard since the connections began; grows with every sound. */
  energy: number
  packetsSent: number
}

/** Remembers the page's peer connections, so that their statistics can be read. */
export async function rememberConnections(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const page = globalThis as unknown as InPage
    const Real = page.RTCPeerConnection
    page.connections = []
    page.RTCPeerConnection = class extends Real {
      constructor(...given: unknown[]) {
        super(...given)
        page.connections.push(this)
      }
    }
  })
}

export function soundOf(page: Page): Promise<Sound> {
  return page.evaluate(async () => {
    const live = (globalThis as unknown as InPage).connections.filter(({ connectionState }) => connectionState === 'connected')
    const stats = (await Promise.all(live.map((connection) => connection.getStats()))).flatMap((report) => [...report.values()])
    const sum = (numbers: (number | undefined)[]) => numbers.reduce<number>((all, one) => all + (one ?? 0), 0)
    return {
      connected: live.length,
      energy: sum(stats.filter((s) => s.type === 'inbound-rtp' && s.kind === 'audio').map((s) => s.totalAudioEnergy)),
      packetsSent: sum(stats.filter((s) => s.type === 'outbound-rtp' && s.kind === 'audio').map((s) => s.packetsSent)),
    }
  })
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** How much is heard within that time, after what was on the way has arrived. */
export async function energyWithin(page: Page, ms: number): Promise<number> {
  await pause(1_000)
  const before = (await soundOf(page)).energy
  await pause(ms)
  return (await soundOf(page)).energy - before
}

/** Waits until the page hears something. */
export async function hearsSomething(page: Page, ms = 20_000): Promise<void> {
  const start = (await soundOf(page)).energy
  const end = Date.now() + ms
  let now: Sound
  do {
    await pause(250)
    now = await soundOf(page)
    if (now.energy > start + 1e-4) return
  } while (Date.now() < end)
  throw new Error(`nothing was heard within ${ms} ms: ${JSON.stringify(now)}`)
}
