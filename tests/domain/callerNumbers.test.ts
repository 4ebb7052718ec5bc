import { callerNumbersSchema, chooseCallerNumber, type CallerNumber } from '../../domain/callerNumbers'

const usable = { countries: [], queues: [], active: true, validated: true, attestation: '' }
const inChina: CallerNumber = { ...usable, phone: '+8613800000099', countries: ['CN'] }
const forDisputes: CallerNumber = { ...usable, phone: '+8613800000098', countries: ['CN'], queues: ['disputes'] }
const anywhere: CallerNumber = { ...usable, phone: '+14158675310' }
const numbers = [anywhere, inChina, forDisputes]

const shownTo = (phone: string, queueId: string | null = null, list: CallerNumber[] = numbers) => chooseCallerNumber(list, phone, queueId)?.phone

it('shows a number of the payer’s country, in a queue with a number of its own that one', () => {
  expect(shownTo('+8613800000001')).toBe(inChina.phone)
  expect(shownTo('+8613800000001', 'disputes')).toBe(forDisputes.phone)
  expect(shownTo('+442079460000')).toBe(anywhere.phone)
})

it('shows none that is paused or not validated', () => {
  const paused = { ...inChina, active: false }
  const unproven = { ...anywhere, validated: false }
  expect(shownTo('+8613800000001', null, [paused, anywhere])).toBe(anywhere.phone)
  expect(shownTo('+8613800000001', null, [paused, unproven])).toBeUndefined()
  expect(shownTo('+442079460000', null, [inChina])).toBeUndefined()
})

it('refuses by name a number that cannot exist, a country that there is not, and a number twice', () => {
  const complaints = (list: object[]) => callerNumbersSchema.safeParse({ numbers: list }).error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`)
  expect(complaints([{ ...inChina, phone: '+1', countries: ['XX'] }])).toEqual([
    expect.stringMatching(/^numbers\.0\.phone expected an E\.164/),
    expect.stringMatching(/^numbers\.0\.countries\.0 expected an ISO 3166/),
  ])
  expect(complaints([inChina, inChina])).toEqual(['numbers.1.phone expected each number once'])
})
