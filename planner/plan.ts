import { erlangA, erlangC, meanWaitForTurn, meanWaitSeconds, servedWithin } from './erlang'

/** What is to be carried, in the busiest hour that the plan must hold for. */
export interface Demand {
  flagsPerHour: number
  /** The share of calls that a person answers. */
  answerRate: number
  talkSeconds: number
  wrapUpSeconds: number
  /** From the offer until the agent has accepted. */
  acceptSeconds: number
  /** How long it rings until somebody answers, in the mean. */
  answerSeconds: number
  /** How long it rings when nobody answers. */
  ringSeconds: number
  /** Attempts to one payer at most. */
  maxAttempts: number
  /** From the payment until the phone must ring. */
  promiseSeconds: number
  /** Gone already when the flag arrives. */
  flagDelaySeconds: number
  /** Without an agent the machine dials this long before the promise breaks; a person must be found before. */
  reserveSeconds: number
  /** The share of first calls that a person is to be found for in time. */
  promise: number
  /** The share of paid time in which agents are away from their desks: breaks, training, illness. */
  shrinkage: number
  /** Agents are not planned to be busier than this: people tire. */
  maxOccupancy: number
  /** How long a payer stays on a line on which nobody talks yet, in the mean. */
  patienceSeconds: number
  /** Flags that may come in the same moment. */
  surgeFlags: number
  /** Payers who write instead, and how long a chat takes until it is wrapped up. */
  chatsPerHour: number
  chatSeconds: number
  /** Chats that an agent has at once. */
  chatsPerAgent: number
}

export interface Plan {
  demand: Demand
  attemptsPerCase: number
  /** The share of payers who are reached in the end. */
  reached: number
  attemptsPerHour: number
  /** Of an agent, for one attempt: offer, ringing, and, when it is answered, talk and wrap-up. */
  handlingSeconds: number
  load: number
  /** How long a first call may wait for an agent. */
  waitBudgetSeconds: number
  agents: {
    /** Available, busy or in wrap-up at the same time. */
    atDesks: number
    /** At their desks beside these: whoever has a chat is offered no call. */
    chatting: number
    /** On the roster, so that so many are at their desks. */
    rostered: number
    /** What decided: the promise, how busy people may be, or that there must be more agents than load. */
    because: 'promise' | 'occupancy'
    occupancy: number
    servedInTime: number
    mustWait: number
    meanWaitSeconds: number
  }
  /** Payers who ring in or are dialled before an agent is free. */
  payersOnHold: { abandoned: number; meanWaitSeconds: number }
  callsPerSecond: {
    needed: number
    forTheHour: number
    forTheSurge: number
    /** How long a call waits for its turn in the mean, in the busiest hour. */
    meanWaitSeconds: number
  }
}

/** The product dials a little below the account's limit, so that what queued at the provider drains. */
const usableShare = 0.97
const longestTurnSeconds = 2

/** How many agents and calls per second a promise needs. Pure arithmetic: the same demand gives the same plan. */
export function planFor(demand: Demand): Plan {
  const { answerRate, maxAttempts } = demand
  const reached = 1 - (1 - answerRate) ** maxAttempts
  const attemptsPerCase = answerRate === 0 ? maxAttempts : reached / answerRate
  const attemptsPerHour = demand.flagsPerHour * attemptsPerCase
  const answered = demand.answerSeconds + demand.talkSeconds + demand.wrapUpSeconds
  const handlingSeconds = demand.acceptSeconds + answerRate * answered + (1 - answerRate) * demand.ringSeconds
  const load = (attemptsPerHour / 3_600) * handlingSeconds
  const waitBudgetSeconds = Math.max(0, demand.promiseSeconds - demand.flagDelaySeconds - demand.reserveSeconds)

  const chatting = Math.ceil((demand.chatsPerHour / 3_600) * demand.chatSeconds / demand.chatsPerAgent / demand.maxOccupancy - 1e-9)
  const atDesks = agentsFor(demand, load, handlingSeconds, waitBudgetSeconds)
  const forOccupancy = Math.max(1, Math.ceil(load / demand.maxOccupancy))
  const onHold = erlangA(atDesks, load, handlingSeconds, demand.patienceSeconds)
  return {
    demand,
    attemptsPerCase,
    reached,
    attemptsPerHour,
    handlingSeconds,
    load,
    waitBudgetSeconds,
    agents: {
      atDesks,
      chatting,
      rostered: Math.ceil((atDesks + chatting) / (1 - demand.shrinkage) - 1e-9),
      because: atDesks > forOccupancy ? 'promise' : 'occupancy',
      occupancy: load / atDesks,
      servedInTime: servedWithin(waitBudgetSeconds, atDesks, load, handlingSeconds),
      mustWait: erlangC(atDesks, load),
      meanWaitSeconds: meanWaitSeconds(atDesks, load, handlingSeconds),
    },
    payersOnHold: { abandoned: onHold.abandoned, meanWaitSeconds: onHold.meanWaitSeconds },
    callsPerSecond: callsPerSecondFor(demand, attemptsPerHour / 3_600),
  }
}

function agentsFor(demand: Demand, load: number, handlingSeconds: number, budget: number): number {
  let agents = Math.max(1, Math.ceil(load / demand.maxOccupancy), Math.floor(load) + 1)
  while (servedWithin(budget, agents, load, handlingSeconds) < demand.promise) agents++
  return agents
}

function callsPerSecondFor({ surgeFlags, promiseSeconds, flagDelaySeconds }: Demand, attemptsPerSecond: number): Plan['callsPerSecond'] {
  let forTheHour = 1
  while (meanWaitForTurn(attemptsPerSecond, forTheHour * usableShare) > longestTurnSeconds) forTheHour++
  // The last phone of a surge must ring within the promise; connecting takes some seconds of it.
  const connecting = 5
  const forTheSurge = Math.max(1, Math.ceil(surgeFlags / Math.max(1, promiseSeconds - flagDelaySeconds - connecting) / usableShare))
  const needed = Math.max(forTheHour, forTheSurge)
  return { needed, forTheHour, forTheSurge, meanWaitSeconds: meanWaitForTurn(attemptsPerSecond, needed * usableShare) }
}
