/** Calling hours for a policy under which phones in China may be rung now: at any hour but the one that is farthest away. */
export function welcomeNow(): { from: string; until: string } {
  const gap = new Date(Date.now() + 12 * 3_600_000).getUTCHours()
  const clock = (hours: number) => `${String((hours + 24 + 8) % 24).padStart(2, '0')}:00`
  return { from: clock(gap + 1), until: clock(gap) }
}
