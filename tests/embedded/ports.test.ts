import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { demandFreePort, freePort } from '../../embedded/ports'

test.each(['127.0.0.1', '0.0.0.0'])('a port on which somebody listens at %s is in use, and the sentence says how to go on', async (host) => {
  const server = createServer().listen(0, host)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await expect(demandFreePort(port, 'PORT')).rejects.toThrow(
    `Port ${port} is in use by another program: stop it, or choose another port, for example PORT=${port + 10}`,
  )
  server.close()
  await once(server, 'close')
  await demandFreePort(port, 'PORT')
})

test('a free port can be listened on', async () => {
  await demandFreePort(await freePort(), 'PORT')
})
