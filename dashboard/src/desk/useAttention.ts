import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { ringtone } from './ringtone'

/** While `wanted`: rings, flashes the title, and notifies when the tab is in the background. */
export function useAttention(wanted: boolean, text: string): void {
  const { t } = useTranslation()
  useEffect(() => {
    if (!wanted) return
    const quietTitle = t('product')
    const loudTitle = t('desk.offer.incomingTitle')
    let loud = true
    document.title = loudTitle
    const flash = setInterval(() => {
      loud = !loud
      document.title = loud ? loudTitle : quietTitle
    }, 900)
    ringtone.start()
    const notification =
      document.hidden && 'Notification' in window && Notification.permission === 'granted'
        ? new Notification(loudTitle, { body: text, tag: 'offer', requireInteraction: true })
        : undefined
    notification?.addEventListener('click', () => window.focus())
    return () => {
      clearInterval(flash)
      ringtone.stop()
      notification?.close()
      document.title = quietTitle
    }
  }, [wanted, text, t])
}
