/** What is the matter with a case or with the service, and what a supervisor can do about it. */
export const attention = {
  said: '“{{said}}”',
  what: {
    ledger_refused: 'The ledger refused an instruction: {{action}}, payment {{payment}}.',
    dispute_not_taken_up: 'Nobody has taken up this dispute in time.',
    payee_disagrees: 'Payer and payee do not agree.',
    payee_did_not_keep: 'The payee agreed, and not all of it has come back.',
    payee_unreached: 'The payee was not reached.',
    promise_broken: 'The phone did not ring in time for payment {{payment}}. The time went into {{step}}.',
    not_handed_over: 'Payment {{payment}} is recorded, but no workflow has taken it yet.',
    event_dead: 'The risk engine could not be told of “{{event}}”.',
    help_asked: '{{agent}} asks for help in a call.',
  },
  todo: {
    ledger_refused: 'Have what it refuses put right at the payments core. We ask again after 1, 5 and 15 minutes, then every hour.',
    dispute_not_taken_up: 'Take it up, or give it to somebody.',
    payee_disagrees: 'Mediate between them.',
    payee_did_not_keep: 'Mediate between them.',
    payee_unreached: 'Mediate, or end the mediation.',
    not_handed_over: 'Nothing is lost, and it is tried again every 10 seconds. If this stays, see whether Temporal can be reached.',
    event_dead: 'Find out why, then send it again under Administration, outgoing events.',
    help_asked: 'Whisper to them, or join the call.',
    step: {
      flagged_late: 'Ask the risk engine’s operators why its flags come late.',
      intake: 'See whether Temporal and the worker are up.',
      agent_search: 'Bring more agents to their desks, or let the queue widen sooner.',
      dial_queue: 'More calls wait than the account may make in a second: have the limit raised at the telephone provider.',
      provider: 'Look at the telephone provider’s status page.',
    },
  },
}
