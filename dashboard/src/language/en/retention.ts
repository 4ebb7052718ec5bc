export const retention = {
  next: 'What the next run will erase',
  lead: 'Retention runs once a day, by version {{version}} of the policy. {{count}} cases are under legal hold, and nothing of them is erased.',
  last: 'The last runs',
  none: 'There was no run yet.',
  running: 'still running',
  kind: {
    recordings: 'Recordings and transcripts',
    cases: 'Personal data of closed cases',
    paymentChecks: 'Payments checked, never paused',
    transferChecks: 'Transfers checked',
  },
  column: {
    kind: 'What',
    days: 'Kept for (days)',
    due: 'Will be erased',
    oldest: 'The oldest is from',
    held: 'Kept by a legal hold',
    startedAt: 'Begun',
    finishedAt: 'Ended',
    failed: 'Could not be erased then',
    version: 'Policy',
  },
}
