import { callWords } from './words/call.js'
import { checkWords } from './words/check.js'
import { disputeWords } from './words/dispute.js'
import { helpWords } from './words/help.js'
import { securityWords } from './words/security.js'
import { transferWords } from './words/transfer.js'
import { walletWords } from './words/wallet.js'

/** Each page brings its own words; both languages have the same keys. */
const all = [walletWords, checkWords, callWords, disputeWords, helpWords, securityWords, transferWords]

export const words = {
  en: Object.assign({}, ...all.map(({ en }) => en)),
  zh: Object.assign({}, ...all.map(({ zh }) => zh)),
}
