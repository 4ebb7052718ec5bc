import type { Plan } from './plan'

const share = (value: number) => `${(value * 100).toFixed(1)} %`
const round = (value: number, digits = 1) => value.toFixed(digits)

/** The plan for people: what is needed first, then why, then what it rests on. */
export function inWords(plan: Plan): string {
  const { demand, agents, callsPerSecond, payersOnHold } = plan
  const because = {
    promise: `with fewer, a person would be found in time for less than ${share(demand.promise)} of first calls`,
    occupancy: `with fewer, they would be busy for more than ${share(demand.maxOccupancy)} of their time`,
  }[agents.because]
  return [
    `You need ${agents.atDesks} agents at their desks${agents.chatting > 0 ? ` and ${agents.chatting} for chats` : ''}, ${agents.rostered} on the roster, and ${callsPerSecond.needed} ${callsPerSecond.needed === 1 ? 'call' : 'calls'} per second.`,
    '',
    'Calls',
    `  ${round(demand.flagsPerHour, 0)} flags an hour become ${round(plan.attemptsPerHour, 0)} calls an hour: ${round(plan.attemptsPerCase, 2)} to each payer, of whom ${share(plan.reached)} are reached in ${demand.maxAttempts} tries.`,
    `  A call takes an agent ${round(plan.handlingSeconds)} s in the mean (offer, ringing, and when it is answered, talk and wrap-up).`,
    '',
    'Agents',
    `  That is the full time of ${round(plan.load)} agents (erlangs). ${agents.atDesks} it must be: ${because}.`,
    `  They are busy for ${share(agents.occupancy)} of their time. ${share(agents.mustWait)} of calls wait for an agent, all of them ${round(agents.meanWaitSeconds)} s in the mean.`,
    `  A first call may wait ${round(plan.waitBudgetSeconds, 0)} s (the promise of ${demand.promiseSeconds} s, less ${round(demand.flagDelaySeconds, 0)} s until the flag and the ${demand.reserveSeconds} s before its end at which the machine dials): ${share(agents.servedInTime)} get a person in that time.`,
    `  ${share(demand.shrinkage)} of paid time is spent away from the desk, so ${agents.rostered} are on the roster.`,
    ...(agents.chatting > 0 ? [`  Beside them ${agents.chatting} who write with ${round(demand.chatsPerHour, 0)} payers an hour, ${demand.chatsPerAgent} at once; whoever has a chat takes no call.`] : []),
    `  A payer who is put through to nobody stays ${demand.patienceSeconds} s in the mean: ${share(payersOnHold.abandoned)} of them would ring off before an agent is free.`,
    '',
    'Calls per second',
    `  The busiest hour needs ${callsPerSecond.forTheHour}, a surge of ${demand.surgeFlags} flags in one moment needs ${callsPerSecond.forTheSurge}. A call then waits ${round(callsPerSecond.meanWaitSeconds, 2)} s for its turn in the mean.`,
    '',
    'Erlang C, with random arrivals and no difference between first and repeated calls. The product rings first calls first, so they wait less than this says.',
  ].join('\n')
}
