import type { TFunction } from 'i18next'
import type { Attention } from '../../../domain/attention'
import type { Alert } from '../api/supervision'

/** What is the matter, and what to do about it. */
export interface Advice {
  what: string
  todo: string
}

export function attentionAdvice(t: TFunction, attention: Attention): Advice {
  const todo = t(`attention.todo.${attention.reason}`)
  if (attention.reason !== 'ledger_refused') return { what: t(`attention.what.${attention.reason}`), todo }
  const { kind, paymentId, said } = attention
  const what = t('attention.what.ledger_refused', { action: t(`terms.fundsAction.${kind}`), payment: paymentId })
  return { what: withReason(t, what, said), todo }
}

export function alertAdvice(t: TFunction, alert: Alert): Advice {
  switch (alert.kind) {
    case 'needs_attention':
      return attentionAdvice(t, alert.attention)
    case 'promise_broken':
      return {
        what: t('attention.what.promise_broken', { payment: alert.paymentId, step: t(`terms.step.${alert.step}`) }),
        todo: t(`attention.todo.step.${alert.step}`),
      }
    case 'not_handed_over':
      return { what: t('attention.what.not_handed_over', { payment: alert.paymentId }), todo: t('attention.todo.not_handed_over') }
    case 'event_dead':
      return { what: withReason(t, t('attention.what.event_dead', { event: alert.event }), alert.said), todo: t('attention.todo.event_dead') }
    case 'help_asked':
      return { what: withReason(t, t('attention.what.help_asked', { agent: alert.agent }), alert.said), todo: t('attention.todo.help_asked') }
  }
}

/** Words of a person or of another system follow as they are. */
function withReason(t: TFunction, what: string, said: string | null): string {
  return said === null ? what : `${what} ${t('attention.said', { said })}`
}
