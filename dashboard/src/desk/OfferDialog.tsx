import { AlertDialog } from 'radix-ui'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import type { Offer } from '../api/desk'
import { Badge } from '../design/Badge'
import { Button } from '../design/Button'
import { Ring } from '../design/Ring'
import { clockTime, useFormat } from '../design/useFormat'
import { useKeys } from '../design/useKeys'
import { useNow } from '../design/useNow'
import { useDeskIsHere, useDeskSnapshot } from './DeskProvider'
import styles from './OfferDialog.module.css'
import { securityTone } from './SecurityLevel'
import { useAttention } from './useAttention'
import { useGoneText } from './useGoneText'
import { useOfferAnswer } from './useOfferAnswer'

export function OfferDialog() {
  const { t } = useTranslation()
  const { offer: offered, presence, connection } = useDeskSnapshot()
  const [page] = useLocation()
  // A second window neither rings nor takes the first one's offer.
  const offer = useDeskIsHere() ? offered : null
  // Whoever writes with payers has it beside their chats, where it covers nothing.
  const open = offer !== null && !(page === '/desk' && presence !== null && presence.chats.length > 0)
  const [told, setTold] = useGoneText(offer)
  useAttention(offer !== null, offer?.payer.name ?? '')

  return (
    <>
      <AlertDialog.Root open={open}>
        <AlertDialog.Portal>
          <AlertDialog.Overlay className={styles['scrim']} />
          <AlertDialog.Content
            className={styles['dialog']}
            // Only an answer closes it: Escape is too easily pressed.
            onEscapeKeyDown={(event) => event.preventDefault()}
          >
            {offer !== null && <OfferCard key={offer.offerId} offer={offer} lost={connection === 'lost'} onGone={setTold} />}
          </AlertDialog.Content>
        </AlertDialog.Portal>
      </AlertDialog.Root>
      <div className={styles['told']} role="status" data-shown={told !== undefined}>
        {told !== undefined && <p>{told || t('desk.offer.missed')}</p>}
      </div>
    </>
  )
}

function OfferCard({ offer, lost, onGone }: { offer: Offer; lost: boolean; onGone: (text: string) => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useNow(100)
  const { answer, busy, problem, left, total, seconds, expired } = useOfferAnswer(offer, onGone)
  useKeys({ a: () => void answer('accept'), d: () => void answer('decline') }, { inDialog: true })

  const promiseLeft = Date.parse(offer.deadline) - now
  return (
    <div className={styles['card']}>
      <div className={styles['head']}>
        <Ring left={left / total} label={t('desk.offer.secondsLeft', { count: seconds })} urgent={left < 5_000}>
          {String(seconds)}
        </Ring>
        <div>
          <AlertDialog.Title className={styles['title']}>{offer.kind === 'callback' ? t('desk.offer.title') : t(`desk.offer.kind.${offer.kind}`)}</AlertDialog.Title>
          <p className={styles['who']}>
            {offer.payer.name} · {format.language(offer.payer.locale)}
          </p>
          <Badge tone={securityTone(offer.payer.securityLevel)}>
            {t('desk.offer.securityLevel', { level: t(`terms.security.${offer.payer.securityLevel}`) })}
          </Badge>
        </div>
        <div className={styles['promise']} data-broken={promiseLeft < 0}>
          <span>{t('desk.offer.promise')}</span>
          <strong>
            {promiseLeft >= 0
              ? t('desk.offer.promiseLeft', { time: clockTime(promiseLeft) })
              : t('desk.offer.promiseBroken', { time: clockTime(-promiseLeft) })}
          </strong>
        </div>
      </div>
      <AlertDialog.Description asChild>
        <ul className={styles['payments']}>
          {offer.payments.map((payment) => (
            <li key={payment.paymentId}>
              <div className={styles['amount']}>
                <strong>{format.money(payment.amount)}</strong>
                <span>
                  {format.time(payment.paidAt)} · {payment.payeeName}
                </span>
              </div>
              <p className={styles['score']}>{t('desk.offer.score', { score: payment.score })}</p>
              {payment.reasons.length > 0 && <p>{payment.reasons.join(' · ')}</p>}
            </li>
          ))}
        </ul>
      </AlertDialog.Description>
      {offer.channel === 'chat' && <p className={styles['waiting']}>{t('desk.offer.payerWrites')}</p>}
      {(offer.mode === 'customer_first' || offer.mode === 'inbound' || offer.mode === 'automated') && (
        <p className={styles['waiting']}>{t('desk.offer.payerOnLine')}</p>
      )}
      {offer.transfer !== null && (
        <p className={styles['waiting']}>
          {t('live.transfer.offered', { name: offer.transfer.from })} {offer.transfer.note}
        </p>
      )}
      {problem !== undefined && (
        <p className={styles['problem']} role="alert">
          {problem}
        </p>
      )}
      <div className={styles['actions']}>
        <AlertDialog.Cancel asChild>
          <Button
            large
            hint="D"
            busy={busy === 'decline'}
            onClick={(event) => {
              event.preventDefault()
              void answer('decline')
            }}
          >
            {t('desk.offer.decline')}
          </Button>
        </AlertDialog.Cancel>
        <Button look="primary" large hint="Enter" autoFocus busy={busy === 'accept'} aria-disabled={expired || lost} onClick={() => void answer('accept')}>
          {t('desk.offer.accept')}
        </Button>
      </div>
      <p className="visually-hidden" role="status">
        {seconds === 10 || seconds === 5 ? t('desk.offer.secondsLeft', { count: seconds }) : ''}
      </p>
    </div>
  )
}
