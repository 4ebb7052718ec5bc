/** A row as PostgreSQL's `to_jsonb` gives it. */
export type JsonRow = Record<string, unknown>

/** The same row as Prisma gives it: names in camel case, times as dates. (Amounts are numbers.) */
// The caller knows which table the row is of; what came over as JSON cannot say.
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters
export function rowOf<Row>(json: JsonRow): Row {
  const entries = Object.entries(json).map(([column, value]) => [camelCase(column), isTime(column, value) ? new Date(value) : value])
  return Object.fromEntries(entries) as Row
}

function camelCase(column: string): string {
  return column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

function isTime(column: string, value: unknown): value is string {
  return typeof value === 'string' && (column.endsWith('_at') || column === 'deadline' || column === 'waiting_since')
}
