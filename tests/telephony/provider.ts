import { DOMParser } from '@xmldom/xmldom'
import twilio from 'twilio'
import type { RunningApi } from '../api/startApi'

type Form = Record<string, string>

/** Speaks to the webhooks as the provider does: forms, signed over the public address. */
export function createProvider(api: RunningApi) {
  const { publicBaseUrl, telephony } = api.configuration

  async function post(path: string, form: Form = {}, headers?: Record<string, string>): Promise<{ status: number; text: string; type: string }> {
    const signature = twilio.getExpectedTwilioSignature(telephony.authToken, `${publicBaseUrl}/telephony${path}`, form)
    const answer = await fetch(`${api.url}/telephony${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...(headers ?? { 'x-twilio-signature': signature }) },
      body: new URLSearchParams(form).toString(),
    })
    return { status: answer.status, text: await answer.text(), type: answer.headers.get('content-type') ?? '' }
  }

  return {
    post,
    /** A voice document, which must be well-formed XML. */
    async document(path: string, form: Form = {}) {
      const { status, text, type } = await post(path, form)
      if (status !== 200 || !type.startsWith('text/xml')) throw new Error(`${path} answered ${status} ${type}: ${text}`)
      const faults: string[] = []
      const xml = new DOMParser({ onError: (_, message) => faults.push(message) }).parseFromString(text, 'text/xml')
      if (faults.length > 0) throw new Error(faults.join('; '))
      return {
        text,
        verbs: Array.from(xml.documentElement!.childNodes, ({ nodeName }) => nodeName),
        attribute: (verb: string, name: string) => xml.getElementsByTagName(verb)[0]?.getAttribute(name) ?? undefined,
        /** Where the digits pressed in this document go. */
        action: () => xml.getElementsByTagName('Gather')[0]!.getAttribute('action')!.replace(`${publicBaseUrl}/telephony`, ''),
      }
    },
    report: (attemptId: string, callSid: string, status: string, sequence: number, more: Form = {}) =>
      post(`/calls/${attemptId}/status`, {
        CallSid: callSid,
        CallStatus: status,
        SequenceNumber: String(sequence),
        From: '+14158675309',
        To: '+8613800000001',
        ...more,
      }),
  }
}
