import { flag, method, resolve, whole } from '../attributes'
import { ApplicationError, type Verb } from '../document'
import { ask, type Next, type Page, type Perform } from '../page'

interface Input {
  digits: string
  speech: string | null
  finishedOnKey: string | null
}

/** Listens for keys (and words, if `input` says so) while the nested prompts run; the first key stops them. */
export function createGather(perform: Perform): Perform {
  return async function gather(verb, page): Promise<Next> {
    const { leg, deps, signal } = page
    const wishes = wishesOf(verb)
    const input: Input = { digits: '', speech: null, finishedOnKey: null }
    const finished = new AbortController()
    const prompts = new AbortController()
    let restartTimer = () => {}

    const key = (digit: string) => {
      prompts.abort(new Error('A key was pressed'))
      if (!wishes.keys || finished.signal.aborted) return
      if (digit === wishes.finishOnKey) {
        input.finishedOnKey = digit
        return finished.abort()
      }
      input.digits += digit
      if (input.digits.length === wishes.numDigits) finished.abort()
      else restartTimer()
    }
    const words = (text: string) => {
      if (!wishes.speech || finished.signal.aborted) return
      prompts.abort(new Error('Somebody spoke'))
      input.speech = text
      finished.abort()
    }

    leg.on('keys', key).on('spoke', words)
    leg.listening = true
    try {
      leg.emit('gather')
      await runPrompts(verb, page, perform, AbortSignal.any([signal, prompts.signal, finished.signal]))
      leg.emit('promptOver')
      while (!finished.signal.aborted) {
        const pressed = new AbortController()
        restartTimer = () => pressed.abort()
        const quiet = await deps.clock.pass(wishes.timeoutSeconds * 1000, AbortSignal.any([signal, finished.signal, pressed.signal])).then(
          () => true,
          () => false,
        )
        if (signal.aborted) throw signal.reason
        if (quiet) break
      }
    } finally {
      leg.listening = false
      leg.off('keys', key).off('spoke', words)
    }
    return outcome(verb, page, input, wishes.actionOnEmptyResult)
  }
}

function wishesOf(verb: Verb) {
  const input = (verb.attributes.input ?? 'dtmf').split(' ')
  const timeout = verb.attributes.timeout === 'auto' ? 5 : whole(verb, 'timeout', 5, 1)
  return {
    keys: input.includes('dtmf'),
    speech: input.includes('speech'),
    timeoutSeconds: timeout,
    numDigits: whole(verb, 'numDigits', 0, 1),
    finishOnKey: verb.attributes.finishOnKey ?? '#',
    actionOnEmptyResult: flag(verb, 'actionOnEmptyResult', false),
  }
}

async function runPrompts(verb: Verb, page: Page, perform: Perform, signal: AbortSignal): Promise<void> {
  try {
    for (const child of verb.children) await perform(child, { ...page, signal })
  } catch (error) {
    if (page.signal.aborted || !signal.aborted) throw error
  }
}

function outcome(verb: Verb, page: Page, input: Input, evenIfEmpty: boolean): Next {
  const empty = input.digits === '' && input.speech === null
  if (empty && !evenIfEmpty) return undefined
  if (verb.attributes.action === undefined && page.url === null) throw new ApplicationError(13310, 'Gather: no action, and the document has no URL of its own')
  const url = verb.attributes.action === undefined ? page.url! : resolve(verb.attributes.action, page.url)
  return ask(url, method(verb, 'method'), {
    msg: 'Gather End',
    ...(input.speech === null ? { Digits: input.digits } : { SpeechResult: input.speech, Confidence: '0.95' }),
    ...(input.finishedOnKey !== null && { FinishedOnKey: input.finishedOnKey }),
  })
}
