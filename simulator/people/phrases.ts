/** What a person says unasked: on answering, in the talk, on leaving; and what their machine says. */
export interface Phrases {
  greeting: string
  talk: string[]
  farewell: string
  machine: string
}

const english: Phrases = {
  greeting: 'Hello?',
  talk: ['Yes, speaking.', 'Let me think.', 'Yes, I understand.', 'All right, thank you.'],
  farewell: 'Goodbye.',
  machine: 'The person you are calling is not available. Please leave a message after the tone.',
}

const chinese: Phrases = {
  greeting: '喂，你好。',
  talk: ['对，是我。', '我想一想。', '嗯，明白了。', '好的，谢谢你。'],
  farewell: '再见。',
  machine: '您拨打的用户暂时无法接听，请在提示音后留言。',
}

/** By the number's country: people answer in their own language. */
export function phrasesFor(address: string): Phrases {
  return /^\+(86|852|853|886)/.test(address) ? chinese : english
}
