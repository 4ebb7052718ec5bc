import { nextCallingTime, withinCallingHours } from '../../domain/callingHours'

const hours = { from: '08:00', until: '21:00' }
const shanghai = '+8613800000001'
const madrid = '+34612345678'

describe('calling hours', () => {
  test('are those of the place where the payer is, not ours', () => {
    const noonInShanghai = new Date('2026-06-01T04:00:00Z')
    expect(withinCallingHours(shanghai, noonInShanghai, hours)).toBe(true)
    expect(withinCallingHours(madrid, noonInShanghai, hours)).toBe(false)
  })

  test('hold in every time zone of a country, because a number does not say which one', () => {
    // Eight in New York is five in Los Angeles.
    expect(withinCallingHours('+12025550123', new Date('2026-06-01T12:30:00Z'), hours)).toBe(false)
    expect(withinCallingHours('+12025550123', new Date('2026-06-01T19:30:00Z'), hours)).toBe(true)
  })

  test('begin again at the next civil time of day', () => {
    const night = new Date('2026-06-01T23:30:00Z')
    const morning = nextCallingTime(madrid, night, hours)
    expect(morning && withinCallingHours(madrid, morning, hours)).toBe(true)
    expect(morning && morning > night && morning.getTime() - night.getTime() < 12 * 3_600_000).toBe(true)
  })

  test('may run over midnight', () => {
    const evening = { from: '20:00', until: '02:00' }
    expect(withinCallingHours('+447911123456', new Date('2026-01-01T23:30:00Z'), evening)).toBe(true)
    expect(withinCallingHours('+447911123456', new Date('2026-01-01T03:30:00Z'), evening)).toBe(false)
  })
})
