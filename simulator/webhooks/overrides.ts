/** What a webhook URL's fragment (`#rc=5&rp=all`) asks of the connection; times in real milliseconds. */
export interface Overrides {
  connectMs: number
  readMs: number
  totalMs: number
  retries: number
  retryOn: ReadonlySet<Trouble>
}

/** Why an attempt failed: no connection, no timely answer, or an answer of that class. */
export type Trouble = 'ct' | 'rt' | '4xx' | '5xx'

const troubles: readonly Trouble[] = ['ct', 'rt', '4xx', '5xx']

/** Splits the connection overrides from a URL. Values out of range or unknown fall back to Twilio's defaults. */
export function connectionOverrides(url: string): { url: string; overrides: Overrides } {
  const at = url.indexOf('#')
  const asked = new URLSearchParams(at === -1 ? '' : url.slice(at + 1))
  const within = (name: string, low: number, high: number, otherwise: number) => {
    const value = asked.get(name)
    if (value === null || !/^\d+$/.test(value)) return otherwise
    return Number(value) < low || Number(value) > high ? otherwise : Number(value)
  }
  const policy = (asked.get('rp') ?? 'ct').split(',').map((p) => p.trim())
  return {
    url: at === -1 ? url : url.slice(0, at),
    overrides: {
      connectMs: within('ct', 100, 10_000, 5_000),
      readMs: within('rt', 100, 15_000, 15_000),
      totalMs: within('tt', 100, 15_000, 15_000),
      retries: within('rc', 0, 5, 1),
      retryOn: new Set(policy.includes('all') ? troubles : troubles.filter((t) => policy.includes(t))),
    },
  }
}
