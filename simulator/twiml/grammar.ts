/** What TwiML allows where: nested elements and attributes by element. Names are case-sensitive, as Twilio's are. */
export interface Rule {
  children: readonly string[]
  attributes: readonly string[]
  /** Whether text inside means something. */
  text: boolean
}

const verbs = ['Say', 'Play', 'Pause', 'Gather', 'Dial', 'Redirect', 'Record', 'Hangup', 'Reject', 'Enqueue', 'Leave']
const ssml = ['break', 'emphasis', 'lang', 'p', 'phoneme', 'prosody', 's', 'say-as', 'sub', 'w']
const callbacks = ['statusCallback', 'statusCallbackEvent', 'statusCallbackMethod']
const recordings = ['recordingStatusCallback', 'recordingStatusCallbackMethod', 'recordingStatusCallbackEvent']

const rule = (children: readonly string[], attributes: readonly string[], text = false): Rule => ({ children, attributes, text })

export const grammar: Readonly<Record<string, Rule>> = {
  Response: rule(verbs, []),
  Say: rule(ssml, ['voice', 'language', 'loop'], true),
  Play: rule([], ['loop', 'digits'], true),
  Pause: rule([], ['length']),
  Gather: rule(
    ['Say', 'Play', 'Pause'],
    [
      'action',
      'method',
      'input',
      'timeout',
      'finishOnKey',
      'numDigits',
      'actionOnEmptyResult',
      'language',
      'hints',
      'speechTimeout',
      'speechModel',
      'enhanced',
      'bargeIn',
      'maxSpeechTime',
      'profanityFilter',
      'partialResultCallback',
      'partialResultCallbackMethod',
      'debug',
    ],
  ),
  Dial: rule(
    ['Conference', 'Client', 'Number'],
    [
      'action',
      'method',
      'timeout',
      'hangupOnStar',
      'timeLimit',
      'callerId',
      'callReason',
      'record',
      'trim',
      'answerOnBridge',
      'ringTone',
      'sequential',
      'referUrl',
      'referMethod',
      'recordingTrack',
      ...recordings,
    ],
    true,
  ),
  Conference: rule(
    [],
    [
      'muted',
      'beep',
      'startConferenceOnEnter',
      'endConferenceOnExit',
      'participantLabel',
      'jitterBufferSize',
      'waitUrl',
      'waitMethod',
      'maxParticipants',
      'record',
      'region',
      'trim',
      'coach',
      'eventCallbackUrl',
      ...callbacks,
      ...recordings,
    ],
    true,
  ),
  Client: rule(['Identity', 'Parameter'], ['url', 'method', ...callbacks], true),
  Identity: rule([], [], true),
  Parameter: rule([], ['name', 'value']),
  Number: rule([], ['url', 'method', 'sendDigits', 'byoc', ...callbacks], true),
  Redirect: rule([], ['method'], true),
  Record: rule(
    [],
    ['action', 'method', 'timeout', 'finishOnKey', 'maxLength', 'playBeep', 'trim', 'transcribe', 'transcribeCallback', 'recordingTrack', ...recordings],
  ),
  Hangup: rule([], []),
  Reject: rule([], ['reason']),
  Enqueue: rule([], ['action', 'method', 'waitUrl', 'waitUrlMethod', 'maxQueueSize', 'workflowSid'], true),
  Leave: rule([], []),
  ...Object.fromEntries(
    ssml.map((name) => [
      name,
      rule(ssml, ['strength', 'time', 'level', 'xml:lang', 'alphabet', 'ph', 'volume', 'rate', 'pitch', 'interpret-as', 'role', 'alias', 'format'], true),
    ]),
  ),
}
