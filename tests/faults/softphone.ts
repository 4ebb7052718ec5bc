import { ask, insist } from './http'
import { readEvents } from './serverSentEvents'
import { pause, type World } from './world'

interface Talk {
  caseId: string
  cookie: string
  /** Puts the receiver down. */
  over: AbortSignal
}

/** The agent's browser joins the talk, and joins again when its line breaks, until it is over. Never rejects. */
export async function joinTalk(world: World, { caseId, cookie, over }: Talk): Promise<void> {
  const { product } = world
  while (!over.aborted) {
    try {
      const access = await insist<{ url: string; token: string }>(`${product.baseUrl}/v1/desk/softphone`, { headers: { cookie } }, over)
      if (access.status !== 200) return
      const headers = { authorization: `Bearer ${access.body.token}` }
      const calls = `${product.simulatorUrl}/sim/softphone/calls`
      world.moment('join')
      const call = await insist<{ callSid: string }>(calls, { method: 'POST', body: { params: { caseId } }, headers }, over)
      if (call.status !== 201) return
      const line = `${calls}/${call.body.callSid}`
      let closed = false
      while (!over.aborted && !closed) {
        await readEvents(`${line}/events`, headers, over, ({ event, data }) => (closed ||= event === 'state' && (data as { state: string }).state === 'closed'))
        if (!closed) await pause(300, over)
      }
      if (over.aborted) return void (await ask(line, { method: 'DELETE', headers }))
      // Rejected or ended by the other side: a browser that still has the case dials in once more.
      await pause(1_500, over)
    } catch {
      if (over.aborted) return
      await pause(500, over)
    }
  }
}
