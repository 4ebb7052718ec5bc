import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Presence } from '../api/desk'
import { Button } from '../design/Button'
import { Notice } from '../design/Notice'
import { LastCase } from './LastCase'
import { useChangePresence } from './PresenceControl'
import { ringtone } from './ringtone'
import styles from './Waiting.module.css'

/** The desk without a case: says what will happen next, and offers the one thing to do now. */
export function Waiting({ presence }: { presence: Presence }) {
  const { t } = useTranslation()
  const { change, busy } = useChangePresence()
  const kind = presence.status === 'break' ? 'break' : presence.status === 'offline' ? 'offline' : 'available'
  return (
    <div className={styles['waiting']}>
      <section className={styles['card']} data-kind={kind}>
        <span className={styles['pulse']} aria-hidden />
        <h2 className={styles['title']}>{t(`desk.waiting.${kind}Title`)}</h2>
        <p>{t(`desk.waiting.${kind}Text`)}</p>
        {presence.reason === 'missed_offer' && <Notice tone="warn">{t('desk.waiting.missedOffer')}</Notice>}
        {presence.reason === 'connection_lost' && <Notice tone="warn">{t('desk.waiting.connectionLost')}</Notice>}
        <div className={styles['actions']}>
          {kind !== 'available' && (
            <Button look="primary" large busy={busy} onClick={() => void change('available')}>
              {t('desk.presence.goAvailable')}
            </Button>
          )}
          <Button onClick={() => ringtone.once()}>{t('desk.waiting.testSound')}</Button>
          <BackgroundNotice />
        </div>
      </section>
      <LastCase />
    </div>
  )
}

function BackgroundNotice() {
  const { t } = useTranslation()
  const [permission, setPermission] = useState(() => ('Notification' in window ? Notification.permission : 'denied'))
  if (permission === 'granted') return <p className={styles['hint']}>{t('desk.waiting.notifyOn')}</p>
  if (permission === 'denied') return null
  return <Button onClick={() => void Notification.requestPermission().then(setPermission)}>{t('desk.waiting.notify')}</Button>
}
