import net from 'node:net'
import { CallOutcomeUnknown, createTelephony } from '../../providers/telephony'

/** Takes connections and never answers. */
async function silentProvider() {
  const sockets = new Set<net.Socket>()
  const server = net.createServer((socket) => void sockets.add(socket))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as net.AddressInfo).port}`,
    stop() {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}

test('a creation that nobody answers is broken off after five seconds, its outcome unknown', async () => {
  const provider = await silentProvider()
  const telephony = createTelephony({ accountSid: `AC${'1'.repeat(32)}`, authToken: 'of the tests', fromNumber: '+14158675309', apiBaseUrl: provider.url } as never)
  const began = Date.now()
  await expect(telephony.createCall({ to: '+8613800000001', from: '+14158675309', url: 'http://product.test' })).rejects.toThrow(CallOutcomeUnknown)
  expect(Date.now() - began).toBeGreaterThan(4_000)
  // Well before it may be asked for again, on a slow machine too.
  expect(Date.now() - began).toBeLessThan(7_500)
  provider.stop()
}, 30_000)
