import { energyWithin, hearsSomething, soundOf } from './energy'
import { refuseMicrophone, setScene, type Scene } from './scene'

jest.setTimeout(120_000)

/** What a silence may amount to; a beep of Chromium's microphone is hundreds of times that. */
const silence = 1e-5
let scene: Scene

beforeAll(async () => {
  scene = await setScene()
})
afterAll(() => scene?.close())

test('agent and payer talk with sound; mute and hold are heard as silence; a reload takes it up again; hanging up ends it', async () => {
  const { agent, payer } = scene
  await scene.talk('sound-1')
  await Promise.all([hearsSomething(agent), hearsSomething(payer)])

  await agent.getByRole('button', { name: /^Mute/ }).click()
  const sent = (await soundOf(agent)).packetsSent
  expect(await energyWithin(payer, 2_000)).toBeLessThan(silence)
  expect((await soundOf(agent)).packetsSent - sent).toBeLessThan(25)
  await hearsSomething(agent)
  await agent.getByRole('button', { name: /^Unmute/ }).click()
  await hearsSomething(payer)

  await agent.getByRole('button', { name: /^Hold/ }).click()
  await payer.getByText('In a call, on hold').waitFor()
  const held = await Promise.all([energyWithin(agent, 2_000), energyWithin(payer, 2_000)])
  expect(Math.max(...held)).toBeLessThan(silence)
  await agent.getByRole('button', { name: /^Resume/ }).click()
  await Promise.all([hearsSomething(agent), hearsSomething(payer)])

  await agent.getByText('Microphone and speaker').click()
  const choice = agent.getByRole('combobox', { name: 'Microphone' })
  await choice.selectOption({ index: 1 })
  const chosen = await choice.inputValue()
  await hearsSomething(payer)

  await refuseMicrophone(agent, true)
  await agent.reload()
  await agent.getByText('The browser did not allow the microphone: you are in this call by text.').waitFor()
  await agent.getByPlaceholder('Type what you say').fill('Can you read me?')
  await agent.keyboard.press('Enter')
  await payer.getByText('Can you read me?').waitFor()
  await refuseMicrophone(agent, false)
  await agent.getByRole('button', { name: 'Use the microphone' }).click()
  await Promise.all([hearsSomething(agent), hearsSomething(payer)])
  await agent.getByText('Microphone and speaker').click()
  expect(await choice.inputValue()).toBe(chosen)

  await payer.getByRole('button', { name: 'Hang up' }).click()
  await payer.getByText('The call has ended').waitFor()
  await agent.getByText('Sound is connected.').waitFor({ state: 'hidden' })
  expect((await Promise.all([soundOf(agent), soundOf(payer)])).map(({ connected }) => connected)).toEqual([0, 0])
  expect(scene.complaints).toEqual([])
})
