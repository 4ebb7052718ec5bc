import type { AttemptView as Attempt } from '../../../api/views/attempt'
import type { CaseView } from '../../../api/views/case'
import type { MoneyActionView } from '../../../api/views/moneyAction'
import type { PaymentView as Payment } from '../../../api/views/payment'
import type { CasePaymentCheck as PaymentCheck } from '../../../api/views/paymentCheck'
import type { PayerView as Payer } from '../../../api/views/person'
import type { DecidingAction, VerdictKind } from '../../../domain/money'

export type { Attempt, CaseView, MoneyActionView, Payment, PaymentCheck, Payer }

export type VerdictEffects = Partial<Record<VerdictKind, VerdictEffect>>
export interface VerdictEffect {
  funds: DecidingAction
  restrictAccount: boolean
}
