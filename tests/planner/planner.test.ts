import { erlangA, erlangB, erlangC, meanWaitForTurn, meanWaitSeconds, servedWithin } from '../../planner/erlang'
import { measure } from '../../planner/history'
import { defaultDemand, readOptions } from '../../planner/options'
import { planFor } from '../../planner/plan'
import { inWords } from '../../planner/words'
import { startDatabase } from '../support/database'
import { playQueue } from './queue'

describe('against published tables', () => {
  // The tables of Erlang B: the load that so many lines carry at that loss.
  test.each([
    [10, 4.46, 0.01],
    [20, 12.03, 0.01],
    [50, 37.9, 0.01],
    [100, 84.06, 0.01],
    [10, 6.216, 0.05],
    [100, 95.24, 0.05],
    [10, 3.092, 0.001],
    [100, 75.24, 0.001],
  ])('Erlang B: %d lines carry %d erlangs at a loss of %d', (lines, load, loss) => {
    expect(Math.abs(erlangB(lines, load) / loss - 1)).toBeLessThan(0.01)
  })

  // The worked example of the trade's textbooks: 200 calls an hour of 180 s, 14 agents.
  test('Erlang C: 10 erlangs and 14 agents', () => {
    expect(erlangC(14, 10)).toBeCloseTo(0.174, 3)
    expect(servedWithin(20, 14, 10, 180)).toBeCloseTo(0.888, 3)
    expect(meanWaitSeconds(14, 10, 180)).toBeCloseTo(7.8, 1)
  })

  test('Erlang C: small numbers that can be worked out by hand', () => {
    expect(erlangC(1, 0.5)).toBeCloseTo(0.5, 10)
    expect(erlangC(2, 1)).toBeCloseTo(1 / 3, 10)
    expect(erlangC(3, 3)).toBe(1)
    expect(servedWithin(10, 3, 4, 60)).toBe(0)
  })

  test('Erlang A with endless patience is Erlang C', () => {
    const { waiting, abandoned, meanWaitSeconds: mean } = erlangA(14, 10, 180, 1e9)
    expect([waiting, abandoned, mean]).toEqual([expect.closeTo(0.174, 3), expect.closeTo(0, 5), expect.closeTo(7.8, 1)])
  })
})

describe('against queues played out', () => {
  const game = { handlingSeconds: 100, arrivals: 200_000, seed: 7 }

  test.each([
    [14, 10],
    [30, 25],
    [5, 3.5],
  ])('%d agents under a load of %d', (agents, load) => {
    const played = playQueue({ ...game, agents, load })
    expect(Math.abs(played.waiting - erlangC(agents, load))).toBeLessThan(0.02)
    expect(Math.abs(played.within(30) - servedWithin(30, agents, load, 100))).toBeLessThan(0.02)
  })

  test.each([
    [10, 12],
    [10, 8],
  ])('%d agents under a load of %d, and people who ring off', (agents, load) => {
    const played = playQueue({ ...game, agents, load, patienceSeconds: 60 })
    const told = erlangA(agents, load, 100, 60)
    expect(Math.abs(played.abandoned - told.abandoned)).toBeLessThan(0.01)
    expect(Math.abs(played.meanWaitSeconds - told.meanWaitSeconds)).toBeLessThan(1)
  })
})

describe('a plan', () => {
  const plan = planFor({ ...defaultDemand(), flagsPerHour: 1_200, talkSeconds: 90, wrapUpSeconds: 30, answerRate: 0.6, promise: 0.95 })

  test('keeps its promise, and one agent fewer would not', () => {
    const { load, handlingSeconds, waitBudgetSeconds, agents } = planFor({ ...plan.demand, maxOccupancy: 0.99 })
    expect(agents.servedInTime).toBeGreaterThanOrEqual(0.95)
    expect(servedWithin(waitBudgetSeconds, agents.atDesks - 1, load, handlingSeconds)).toBeLessThan(0.95)
    expect(agents.because).toBe('promise')
  })

  test('counts the calls that nobody answers', () => {
    expect(plan.attemptsPerCase).toBeCloseTo(1.65, 2)
    expect(plan.reached).toBeCloseTo(0.99, 2)
    // 5 s offer, and 130 s in six of ten calls, 25 s in the others.
    expect(plan.handlingSeconds).toBeCloseTo(5 + 0.6 * 130 + 0.4 * 25, 10)
  })

  test('lets nobody be busier than people can bear, and knows that they have breaks', () => {
    expect(plan.agents.occupancy).toBeLessThanOrEqual(0.85)
    expect(plan.agents.rostered).toBe(Math.ceil(plan.agents.atDesks / 0.7))
  })

  test('carries a surge: 300 flags in one moment, the last of them in time', () => {
    const { callsPerSecond } = planFor({ ...plan.demand, surgeFlags: 300 })
    expect(300 / callsPerSecond.needed).toBeLessThan(175)
    expect(callsPerSecond.meanWaitSeconds).toBeLessThan(2)
    expect(meanWaitForTurn(1, 1)).toBe(Infinity)
  })

  test('never asks for fewer agents when more is asked of them', () => {
    const agentsAt = (more: object) => planFor({ ...plan.demand, ...more }).agents.atDesks
    for (const more of [{ flagsPerHour: 1_300 }, { promise: 0.999 }, { talkSeconds: 120 }, { promiseSeconds: 70 }]) {
      expect(agentsAt(more)).toBeGreaterThanOrEqual(plan.agents.atDesks)
    }
    expect(agentsAt({ flagsPerHour: 1_000_000 })).toBeGreaterThan(30_000)
  })

  test('chats need agents of their own, fewer the more each has at once', () => {
    const withChats = planFor({ ...defaultDemand(), chatsPerHour: 60, chatSeconds: 600, maxOccupancy: 0.8 })
    // 10 chats at a time, three to an agent who is busy for 80 %.
    expect(withChats.agents.chatting).toBe(5)
    expect(planFor({ ...withChats.demand, chatsPerAgent: 1 }).agents.chatting).toBe(13)
    expect(inWords(withChats)).toContain('Beside them 5 who write with 60 payers an hour, 3 at once')
  })

  test('is told in words', () => {
    expect(inWords(plan)).toContain(`You need ${plan.agents.atDesks} agents at their desks, ${plan.agents.rostered} on the roster`)
  })
})

describe('options', () => {
  test('are those of the command line', () => {
    expect(readOptions(['--flags-per-hour', '1200', '--answer-rate=0.6', '--from-history', '7d', '--json'])).toEqual({
      given: { flagsPerHour: 1_200, answerRate: 0.6 },
      historyHours: 168,
      json: true,
    })
  })

  test.each([
    [['--answer-rate', '60'], /--answer-rate is not usable: expected share of calls/],
    [['--promise', '1'], /--promise is not usable/],
    [['--flags-per-hour', 'many'], /--flags-per-hour is not usable/],
    [['--attempts', '1.5'], /--attempts is not usable/],
    [['--from-history', 'a week'], /--from-history is not usable/],
    [['--colour', 'red'], /--colour/],
  ])('%j is refused in words', (args, sentence) => {
    expect(() => readOptions(args)).toThrow(sentence)
  })
})

test('history tells what was, and nothing where nothing was', async () => {
  const database = await startDatabase()
  try {
    expect(await measure(database.pool, 24)).toEqual({ demand: {}, flags: 0, attempts: 0 })
    await database.pool.query(`
      INSERT INTO risk_case (id, payer_id, payer, locale, status, priority, policy_version, deadline)
      SELECT 'case_1', 'payer', '{}', 'zh', 'received', 1, 1, now()`)
    await database.pool.query(`
      INSERT INTO attempt (id, case_id, number, phone, mode, status, outcome, intended_at, rang_at, answered_at, ended_at)
      SELECT 'case_1.' || n, 'case_1', n, '+8613800000001', 'agent_first', 'ended', CASE WHEN n <= 3 THEN 'contact' ELSE 'no_answer' END, at, at,
             CASE WHEN n <= 3 THEN at + interval '8 s' END, at + CASE WHEN n <= 3 THEN interval '88 s' ELSE interval '25 s' END
      FROM (SELECT n, now() - interval '1 hour' AS at FROM generate_series(1, 4) AS n) AS each`)
    const { demand, attempts } = await measure(database.pool, 24)
    expect(attempts).toBe(4)
    expect(demand).toEqual({ answerRate: 0.75, talkSeconds: expect.closeTo(80), answerSeconds: expect.closeTo(8), ringSeconds: expect.closeTo(25) })
  } finally {
    await database.stop()
  }
})
