export interface FieldProblem {
  field: string
  message: string
}

/** An answer that was not a success (RFC 9457), or no answer at all: then `status` is 0. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail?: string,
    readonly errors: FieldProblem[] = [],
  ) {
    super(detail ?? title)
    this.name = 'Problem'
  }

  /** Trying the same again later may work. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500
  }
}

export async function problemOf(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => undefined)
  const told = (typeof body === 'object' && body !== null ? body : {}) as Partial<Problem>
  return new Problem(response.status, told.title ?? response.statusText, told.detail, Array.isArray(told.errors) ? told.errors : [])
}

/** What is wrong with one field of a form, or with a part of it; undefined when nothing is. */
export function problemAt(cause: unknown, field: string): string | undefined {
  if (!(cause instanceof Problem)) return undefined
  const found = cause.errors.filter((each) => each.field === field || each.field.startsWith(`${field}.`))
  return found.length > 0 ? found.map(({ message }) => message).join('; ') : undefined
}
