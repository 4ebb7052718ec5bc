import type { Call, Device } from '@twilio/voice-sdk'
import type { Softphone } from './softphone'

/**
 * The softphone on Twilio's network. Its SDK is large and only needed where Twilio is configured, so it
 * is loaded with the first call.
 * @param access asks our own API for a fresh access token.
 */
export function createTwilioSoftphone(access: () => Promise<{ token: string }>): Softphone {
  let device: Device | undefined

  async function ready(): Promise<Device> {
    if (device !== undefined) return device
    const { Device: TwilioDevice } = await import('@twilio/voice-sdk')
    const created = new TwilioDevice((await access()).token, { closeProtection: true })
    created.on('tokenWillExpire', () => {
      // A failure here shows itself as an error of the device when the token has run out.
      void access().then(
        ({ token }) => created.updateToken(token),
        (cause: unknown) => console.warn('softphone token not renewed', cause),
      )
    })
    device = created
    return created
  }

  return {
    async connect(caseId, onChange) {
      onChange({ line: 'connecting', muted: false })
      const call: Call = await (await ready()).connect({ params: { caseId } })
      call.on('ringing', () => onChange({ line: 'ringing' }))
      call.on('accept', () => onChange({ line: 'open' }))
      call.on('reconnecting', () => onChange({ line: 'lost' }))
      call.on('reconnected', () => onChange({ line: 'open' }))
      call.on('mute', (muted: boolean) => onChange({ muted }))
      call.on('disconnect', () => onChange({ line: 'closed' }))
      call.on('cancel', () => onChange({ line: 'closed' }))
      call.on('error', (error: { message: string }) => onChange({ line: 'failed', problem: error.message }))
      return {
        mute: async (muted) => call.mute(muted),
        digits: async (digits) => call.sendDigits(digits),
        hangUp: async () => call.disconnect(),
        leave: () => call.disconnect(),
      }
    },
  }
}
