import { callbackTarget, flag, method, resolve, whole } from '../attributes'
import { ApplicationError, type Verb } from '../document'
import { ask, type Next, type Page } from '../page'

/** Records what the party says until a key, silence, or the greatest length. */
export async function record(verb: Verb, page: Page): Promise<Next> {
  const { leg, deps, signal } = page
  const keys = verb.attributes.finishOnKey ?? '1234567890*#'
  const silenceMs = whole(verb, 'timeout', 5, 1) * 1000
  const longest = whole(verb, 'maxLength', 3_600, 1, 14_400)
  if (verb.attributes.action === undefined && page.url === null) throw new ApplicationError(13610, 'Record: no action, and the document has no URL of its own')
  if (flag(verb, 'playBeep', true)) leg.hear('voice', 'beep', 'sound')

  const callback = callbackTarget(verb, 'recordingStatusCallback', page.url, ['completed'])
  const tape = deps.recordings.start({ callSid: leg.sid, conferenceSid: null, source: 'RecordVerb', channels: 1, callback })
  let digits = ''
  let spoken = false
  const done = new AbortController()
  let heard = new AbortController()
  const key = (digit: string) => {
    if (!keys.includes(digit)) return
    digits = digit
    done.abort()
  }
  const words = () => {
    spoken = true
    heard.abort()
  }
  leg.on('keys', key).on('spoke', words)
  const limit = deps.clock.pass(longest * 1000, AbortSignal.any([signal, done.signal])).then(
    () => done.abort(),
    () => {},
  )
  try {
    while (!done.signal.aborted) {
      heard = new AbortController()
      const silent = await deps.clock.pass(silenceMs, AbortSignal.any([signal, done.signal, heard.signal])).then(
        () => true,
        () => false,
      )
      if (silent || signal.aborted) break
    }
  } finally {
    done.abort()
    await limit
    leg.off('keys', key).off('spoke', words)
  }
  if (leg.over.signal.aborted) digits = 'hangup'
  const finished = deps.recordings.finish(tape.sid)
  if (signal.aborted) throw signal.reason
  // Twilio goes on with the next verb when nothing was said.
  if (!spoken && digits === '') return undefined
  const url = verb.attributes.action === undefined ? page.url! : resolve(verb.attributes.action, page.url)
  return ask(url, method(verb, 'method'), {
    RecordingUrl: deps.recordings.url(finished),
    RecordingSid: finished.sid,
    RecordingDuration: String(deps.recordings.seconds(finished)),
    ...(digits !== '' && { Digits: digits }),
  })
}
