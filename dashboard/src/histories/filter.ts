/** The filter fields of the histories page; each is a search parameter of its address, so that a search can be shared. */
export const filterFields = ['q', 'status', 'outcome', 'verdict', 'agentId', 'from', 'to', 'withinDays', 'minAmount', 'maxAmount', 'kind'] as const
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
    else if (field === 'minAmount' || field === 'maxAmount') query.set(field, String(Math.round(Number(value) * 100)))
    else query.set(field, value)
  }
  return query
}

function dayStart(day: string, daysLater: number): string {
  const [year = 1970, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1, date + daysLater).toISOString()
}

/** A filter as it is kept: the API's query, so that the server can judge it. */
export function savedOf(filter: Filter): Record<string, string> {
  return Object.fromEntries(queryOf(filter))
}

/** And back: moments become days of this browser's time zone, minor units whole ones. */
export function filterOfSaved(saved: Readonly<Record<string, string>>): Filter {
  const known = filterFields.filter((field) => saved[field] !== undefined)
  return Object.fromEntries(known.map((field) => [field, shownValue(field, saved[field] ?? '')]))
}

function shownValue(field: FilterField, value: string): string {
  if (field === 'from') return dayOf(value, 0)
  if (field === 'to') return dayOf(value, -1)
  return field === 'minAmount' || field === 'maxAmount' ? String(Number(value) / 100) : value
}

function dayOf(moment: string, daysLater: number): string {
  const at = new Date(moment)
  const day = new Date(at.getFullYear(), at.getMonth(), at.getDate() + daysLater)
  return [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, '0')).join('-')
}
