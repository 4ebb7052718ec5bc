import type { Call, Device } from '@twilio/voice-sdk'
import type { Devices } from './devices'
import type { Levels, Softphone } from './softphone'

/** The browser did not let the SDK have the microphone. */
const permissionDenied = 31401

/**
 * The softphone on Twilio's network. Its SDK is large and only needed where Twilio is configured, so it
 * is loaded with the first call.
 * @param access asks our own API for a fresh access token.
 */
export function createTwilioSoftphone(access: () => Promise<{ token: string }>, devices: Devices): Softphone {
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
    devices.subscribe(() => void useChosen(created))
    device = created
    return created
  }

  async function useChosen({ audio }: Device): Promise<void> {
    if (!audio) return
    const { microphone, speaker } = devices.chosen()
    try {
      await (microphone !== null && audio.availableInputDevices.has(microphone) ? audio.setInputDevice(microphone) : audio.unsetInputDevice())
      if (audio.isOutputSelectionSupported) await audio.speakerDevices.set(speaker ?? 'default')
    } catch (cause) {
      // A headset that is not plugged in today: the browser's own choice is better than no call.
      console.warn('microphone or speaker not switched', cause)
    }
  }

  return {
    async connect(caseId, onChange) {
      onChange({ line: 'connecting', muted: false })
      const phone = await ready()
      await useChosen(phone)
      onChange({ sound: 'asking' })
      const call: Call = await phone.connect({ params: { caseId } })
      let levels: Levels = { mine: 0, theirs: 0 }
      call.on('volume', (mine: number, theirs: number) => (levels = { mine: call.isMuted() ? 0 : mine, theirs }))
      call.on('ringing', () => onChange({ line: 'ringing' }))
      call.on('accept', () => onChange({ line: 'open', sound: 'connected' }))
      call.on('reconnecting', () => onChange({ line: 'lost' }))
      call.on('reconnected', () => onChange({ line: 'open' }))
      call.on('mute', (muted: boolean) => onChange({ muted }))
      call.on('disconnect', () => onChange({ line: 'closed', sound: 'off' }))
      call.on('cancel', () => onChange({ line: 'closed', sound: 'off' }))
      call.on('error', ({ code, message }: { code: number; message: string }) =>
        onChange({ line: 'failed', problem: message, sound: code === permissionDenied ? 'refused' : 'off' }),
      )
      return {
        mute: async (muted) => call.mute(muted),
        digits: async (digits) => call.sendDigits(digits),
        levels: () => levels,
        hangUp: async () => call.disconnect(),
        leave: () => call.disconnect(),
      }
    },
  }
}
