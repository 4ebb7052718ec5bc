import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './ConnectionBanner.module.css'
import { useDeskSnapshot } from './DeskProvider'

/** Lies over the page instead of in it, so that nothing moves when the network does. */
export function ConnectionBanner() {
  const { t } = useTranslation()
  const { connection } = useDeskSnapshot()
  const [healed, setHealed] = useState(false)
  const [shownLost, setShownLost] = useState(false)

  useEffect(() => {
    if (connection === 'lost') {
      // A blink of the network is healed before anybody needs to know.
      const timer = setTimeout(() => setShownLost(true), 800)
      return () => clearTimeout(timer)
    }
    if (connection !== 'live' || !shownLost) return
    setShownLost(false)
    setHealed(true)
  }, [connection, shownLost])
  useEffect(() => {
    if (!healed) return
    const timer = setTimeout(() => setHealed(false), 4_000)
    return () => clearTimeout(timer)
  }, [healed])

  if (shownLost)
    return (
      <div className={`${styles['banner']} ${styles['lost']}`} role="alert">
        <strong>{t('connection.lost')}</strong> {t('connection.lostDetail')}
      </div>
    )
  if (healed)
    return (
      <div className={`${styles['banner']} ${styles['healed']}`} role="status">
        {t('connection.healed')}
      </div>
    )
  return null
}
