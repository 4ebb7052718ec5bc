import { createWorld, eventually, ours, type World } from '../simulator/world'

const payer = '+8613800000001'
const agent = '+8613900000001'
const supervisor = '+8613900000002'
let world: World
let streams: AbortController[] = []

beforeEach(async () => {
  world = await createWorld()
})
afterEach(async () => {
  for (const stream of streams.splice(0)) stream.abort()
  await world.close()
})

interface Told {
  event: string
  data: { links: { link: string; callSid: string; offers: boolean; sends: boolean; hears: boolean }[]; link: string; description: { sdp: string } }
}

/** A page that carries the sound of a call, and what it was told. */
async function page(callSid: string) {
  const stream = new AbortController()
  streams.push(stream)
  const answer = await fetch(`${world.url}/sim/calls/${callSid}/sound`, { signal: stream.signal })
  const told: Told[] = []
  const read = async () => {
    let text = ''
    for await (const chunk of answer.body!) {
      text += Buffer.from(chunk as Uint8Array).toString()
      for (let end = text.indexOf('\n\n'); end !== -1; end = text.indexOf('\n\n')) {
        const [, event, data] = /event: (\w+)\ndata: (.*)/.exec(text.slice(0, end)) ?? []
        if (event) told.push({ event, data: JSON.parse(data!) })
        text = text.slice(end + 2)
      }
    }
  }
  let ended = false
  // Aborted by the test itself, the reading ends with an error.
  read().then(
    () => (ended = true),
    () => {},
  )
  const links = () => told.findLast(({ event }) => event === 'links')?.data.links ?? []
  return {
    status: answer.status,
    told,
    links,
    /** `sends/hears` towards another call; undefined without a link. */
    towards: (other: string) =>
      links()
        .filter((l) => l.callSid === other)
        .map((l) => `${l.sends ? 'sends' : '-'}/${l.hears ? 'hears' : '-'}`)[0],
    leave: () => stream.abort(),
    ended: () => ended,
  }
}

async function joins(to: string, more: object = {}): Promise<string> {
  await world.persona(to, { persona: 'answers', answersAfterSeconds: 0, patienceSeconds: 3_600 })
  const { callSid } = await world.client.conferences('room').participants.create({ to, from: ours, ...more })
  await eventually(async () => (await world.get(`/sim/calls/${callSid}`)).status === 'in-progress', `${to} to be in`)
  return callSid
}
const change = async (callSid: string, changes: object) => {
  const [room] = await world.client.conferences.list({ friendlyName: 'room', status: 'in-progress' })
  await world.client.conferences(room!.sid).participants(callSid).update(changes)
}

it('links the pages of one talk, and one of the two makes the offer', async () => {
  const [li, one] = [await joins(payer), await joins(agent)]
  const phone = await page(li)
  expect(phone.links()).toEqual([])
  const desk = await page(one)
  await eventually(() => phone.towards(one) && desk.towards(li), 'the link')
  expect([phone.towards(one), desk.towards(li)]).toEqual(['sends/hears', 'sends/hears'])
  expect(phone.links()[0]!.link).toBe(desk.links()[0]!.link)
  expect(phone.links()[0]!.offers).toBe(!desk.links()[0]!.offers)
})

it('lets nobody be heard who is muted, and nobody hear who is on hold', async () => {
  const [li, one] = [await joins(payer), await joins(agent)]
  const [phone, desk] = [await page(li), await page(one)]
  await eventually(() => phone.towards(one) && desk.towards(li), 'the link')

  await change(one, { muted: true })
  await eventually(() => desk.towards(li) === '-/hears' && phone.towards(one) === 'sends/-', 'the mute')
  await change(one, { muted: false })
  await change(li, { hold: true })
  await eventually(() => desk.towards(li) === '-/-' && phone.towards(one) === '-/-', 'the hold')
  await change(li, { hold: false })
  await eventually(() => desk.towards(li) === 'sends/hears' && phone.towards(one) === 'sends/hears', 'the talk')
})

it('lets a coach be heard by the coached one alone, and a muted listener by nobody', async () => {
  const [li, one] = [await joins(payer), await joins(agent)]
  const boss = await joins(supervisor, { coaching: true, callSidToCoach: one })
  const [phone, desk, coach] = [await page(li), await page(one), await page(boss)]
  await eventually(() => coach.links().length === 2 && phone.links().length === 2 && desk.links().length === 2, 'all links')
  expect([coach.towards(one), coach.towards(li)]).toEqual(['sends/hears', '-/hears'])
  expect([desk.towards(boss), phone.towards(boss)]).toEqual(['sends/hears', 'sends/-'])

  await change(boss, { muted: true })
  await eventually(() => coach.towards(one) === '-/hears' && desk.towards(boss) === 'sends/-', 'the mute')
  await change(boss, { muted: false, coaching: false })
  await eventually(() => coach.towards(li) === 'sends/hears' && phone.towards(boss) === 'sends/hears', 'the barge')
})

it('relays descriptions to the other end, without addresses outside of this machine and its network', async () => {
  const [li, one] = [await joins(payer), await joins(agent)]
  const [phone, desk] = [await page(li), await page(one)]
  await eventually(() => phone.towards(one) && desk.towards(li), 'the link')
  const { link } = phone.links()[0]!
  const host = 'a=candidate:1 1 udp 2122194687 127.0.0.1 50000 typ host generation 0'
  const outside = 'a=candidate:2 1 udp 1677729535 203.0.113.7 50001 typ srflx raddr 0.0.0.0 rport 0'
  const description = { type: 'offer', sdp: ['v=0', host, outside, ''].join('\r\n') }
  expect((await world.send('POST', `/sim/calls/${li}/sound`, { link, description })).status).toBe(204)
  const relayed = await eventually(() => desk.told.find(({ event }) => event === 'description'), 'the offer')
  expect(relayed.data).toEqual({ link, description: { type: 'offer', sdp: ['v=0', host, ''].join('\r\n') } })
  expect((await world.send('POST', `/sim/calls/${li}/sound`, { link: '7-9', description })).status).toBe(409)
  expect((await world.send('POST', `/sim/calls/${li}/sound`, { link, description: { type: 'offer' } })).status).toBe(422)
})

it('gives a page that comes back a new link, and lets the later of two pages of one call have the sound', async () => {
  const [li, one] = [await joins(payer), await joins(agent)]
  const [phone, desk] = [await page(li), await page(one)]
  await eventually(() => phone.towards(one) && desk.towards(li), 'the link')
  const { link } = desk.links()[0]!

  const second = await page(li)
  await eventually(() => phone.ended(), 'the first page to be let go')
  expect(phone.told.at(-1)!.event).toBe('replaced')
  await eventually(() => desk.links().length === 1 && desk.links()[0]!.link !== link && second.towards(one), 'a new link')
  second.leave()
  await eventually(() => desk.links().length === 0, 'the desk to be alone')
})

it('takes the sound away with the call', async () => {
  const [li, one] = [await joins(payer), await joins(agent)]
  const [phone, desk] = [await page(li), await page(one)]
  await eventually(() => phone.towards(one) && desk.towards(li), 'the link')
  await world.send('POST', `/sim/calls/${li}/hangup`)
  await eventually(() => phone.ended() && desk.links().length === 0, 'the end')
  expect((await page(li)).status).toBe(409)
})
