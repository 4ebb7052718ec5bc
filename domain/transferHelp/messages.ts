import { defineSignal } from '@temporalio/workflow'
import type { MediationEnd, PayeeAnswer } from './help'

/** The payee has answered, by a key, by the link, or to a member of staff. */
export const payeeAnswered = defineSignal<[PayeeAnswer]>('payeeAnswered')
/** Both sides agree, or mediation was given up. */
export const mediationEnded = defineSignal<[MediationEnd]>('mediationEnded')
/** Something was recorded of which the payer should hear at once. */
export const helpNews = defineSignal('helpNews')
