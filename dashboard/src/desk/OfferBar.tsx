import { useTranslation } from 'react-i18next'
import type { Offer } from '../api/desk'
import { Button } from '../design/Button'
import { Ring } from '../design/Ring'
import { useFormat } from '../design/useFormat'
import { useKeys } from '../design/useKeys'
import styles from './ChatStrip.module.css'
import { useOfferAnswer } from './useOfferAnswer'

/**
 * An offer beside the chats in hand. It takes neither the screen nor the keyboard's focus from whoever is writing, so
 * that the Enter that sends a message accepts nothing: in a field it is Alt+A.
 */
export function OfferBar({ offer, lost, onGone }: { offer: Offer; lost: boolean; onGone: (text: string) => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { answer, busy, problem, left, total, seconds, expired } = useOfferAnswer(offer, onGone)
  useKeys({ a: () => void answer('accept'), d: () => void answer('decline') })
  const [payment] = offer.payments
  return (
    <section className={styles['offered']} aria-label={t(offer.channel === 'chat' ? 'reminder.strip.offer' : 'reminder.strip.offerCall')}>
      <Ring left={left / total} label={t('desk.offer.secondsLeft', { count: seconds })} urgent={left < 5_000}>
        {String(seconds)}
      </Ring>
      <p className={styles['what']} role="status">
        <strong>{t(offer.channel === 'chat' ? 'reminder.strip.offer' : 'reminder.strip.offerCall')}</strong>
        <span>
          {offer.payer.name} · {format.language(offer.payer.locale)}
          {payment && ` · ${format.money(payment.amount)}`}
        </span>
      </p>
      <Button hint="Alt+D" busy={busy === 'decline'} onClick={() => void answer('decline')}>
        {t('desk.offer.decline')}
      </Button>
      <Button look="primary" hint="Alt+A" busy={busy === 'accept'} aria-disabled={expired || lost} onClick={() => void answer('accept')}>
        {t('desk.offer.accept')}
      </Button>
      {problem !== undefined && (
        <p className={styles['problem']} role="alert">
          {problem}
        </p>
      )}
    </section>
  )
}
