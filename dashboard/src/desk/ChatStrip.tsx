import { useTranslation } from 'react-i18next'
import type { Presence } from '../api/desk'
import { clockTime } from '../design/useFormat'
import { useKeys } from '../design/useKeys'
import { useNow } from '../design/useNow'
import styles from './ChatStrip.module.css'
import { useDesk, useDeskSnapshot } from './DeskProvider'
import { OfferBar } from './OfferBar'
import { useGoneText } from './useGoneText'

type Chat = Presence['chats'][number]

/** Whoever waits for an answer for longer than this is marked, milliseconds. */
const longMillis = 60_000

/** The agent's chats, in the order in which they came: none moves, whoever writes and whatever is offered. */
export function ChatStrip({ presence }: { presence: Presence }) {
  const { t } = useTranslation()
  const { store } = useDesk()
  const { inHand, focus, seen, offer, connection } = useDeskSnapshot()
  const [told, setTold] = useGoneText(offer)
  const { chats } = presence
  const unread = chats.filter((chat) => isUnread(chat, focus, seen))
  const callId = inHand.find((caseId) => chats.every((chat) => chat.caseId !== caseId))

  function go(by: 1 | -1): void {
    if (focus === null || inHand.length < 2) return
    store.focus(inHand[(inHand.indexOf(focus) + by + inHand.length) % inHand.length]!)
  }
  useKeys({ j: () => go(1), k: () => go(-1) })

  return (
    <nav className={styles['strip']} aria-label={t('reminder.strip.label', { count: chats.length, limit: presence.chatLimit })}>
      <ul className={styles['items']}>
        {callId !== undefined && (
          <li>
            <button type="button" className={styles['item']} aria-current={callId === focus} onClick={() => store.focus(callId)}>
              <strong className={styles['name']}>{t('reminder.strip.call')}</strong>
            </button>
          </li>
        )}
        {chats.map((chat) => (
          <li key={chat.caseId}>
            <ChatItem chat={chat} current={chat.caseId === focus} unread={unread.includes(chat)} onGo={() => store.focus(chat.caseId)} />
          </li>
        ))}
      </ul>
      <p className={styles['load']}>{t('reminder.strip.load', { count: chats.length, limit: presence.chatLimit })}</p>
      {/* Its place is kept, so that nothing moves when an offer comes. */}
      <div className={styles['offer']}>{offer === null ? told : <OfferBar key={offer.offerId} offer={offer} lost={connection === 'lost'} onGone={setTold} />}</div>
      <p className="visually-hidden" role="status">
        {unread.map(({ payerName }) => t('reminder.strip.wrote', { name: payerName })).join(' ')}
      </p>
    </nav>
  )
}

const isUnread = ({ caseId, unanswered, lastFromPayer }: Chat, focus: string | null, seen: Readonly<Record<string, string>>) =>
  caseId !== focus && unanswered > 0 && lastFromPayer !== seen[caseId]

function ChatItem({ chat, current, unread, onGo }: { chat: Chat; current: boolean; unread: boolean; onGo: () => void }) {
  const { t } = useTranslation()
  const now = useNow(1_000)
  const { payerName, unanswered, payerSpokeAt, wrapUpUntil } = chat
  const waits = wrapUpUntil === null && unanswered > 0 && payerSpokeAt !== null ? now - Date.parse(payerSpokeAt) : undefined
  return (
    <button type="button" className={styles['item']} aria-current={current} data-unread={unread} onClick={onGo}>
      <strong className={styles['name']}>{payerName}</strong>
      {unread && (
        <span className={styles['unread']}>
          <span aria-hidden>{unanswered}</span>
          <span className="visually-hidden">{t('reminder.strip.unread', { count: unanswered })}</span>
        </span>
      )}
      <span className={styles['time']} data-long={waits !== undefined && waits >= longMillis}>
        {wrapUpUntil !== null ? (
          t('reminder.strip.wrapUp', { time: clockTime(Date.parse(wrapUpUntil) - now) })
        ) : waits !== undefined ? (
          t('reminder.strip.waits', { time: clockTime(waits) })
        ) : payerSpokeAt === null ? (
          t('reminder.strip.silent')
        ) : (
          t('reminder.strip.answered', { time: clockTime(now - Date.parse(payerSpokeAt)) })
        )}
      </span>
    </button>
  )
}
