import type { Clock } from '../clock'

/** What Twilio's debugger would show: an error of the account's own documents or webhooks. */
export interface Alert {
  at: string
  code: number
  message: string
  url: string | null
  callSid: string | null
}

export interface Alerts {
  raise(code: number, message: string, url?: string | null, callSid?: string | null): void
  list(): Alert[]
}

const kept = 1_000

/** Keeps the last thousand in memory; they are for people who debug, nothing depends on them. */
export function createAlerts({ clock }: { clock: Clock }): Alerts {
  const alerts: Alert[] = []
  return {
    raise(code, message, url = null, callSid = null) {
      alerts.push({ at: clock.now().toISOString(), code, message, url, callSid })
      if (alerts.length > kept) alerts.shift()
    },
    list: () => [...alerts],
  }
}
