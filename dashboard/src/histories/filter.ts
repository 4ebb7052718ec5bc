/** The filter fields of the histories page; each is a search parameter of its address, so that a search can be shared. */
export const filterFields = ['q', 'status', 'outcome', 'verdict', 'agentId', 'from', 'to', 'minAmount'] as const
export type FilterField = (typeof filterFields)[number]
export type Filter = Partial<Record<FilterField, string>>

export function readFilter(address: URLSearchParams): Filter {
  return Object.fromEntries(
    filterFields.flatMap((field) => {
      const value = address.get(field)?.trim()
      return value ? [[field, value]] : []
    }),
  )
}

/** The API's query for a filter. Days become moments of this browser's time zone, whole units become minor ones. */
export function queryOf(filter: Filter): URLSearchParams {
  const query = new URLSearchParams()
  for (const field of filterFields) {
    const value = filter[field]
    if (value === undefined) continue
    if (field === 'from') query.set(field, dayStart(value, 0))
    else if (field === 'to') query.set(field, dayStart(value, 1))
    else if (field === 'minAmount') query.set(field, String(Math.round(Number(value) * 100)))
    else query.set(field, value)
  }
  return query
}

function dayStart(day: string, daysLater: number): string {
  const [year = 1970, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1, date + daysLater).toISOString()
}
