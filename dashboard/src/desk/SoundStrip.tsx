import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../design/Button'
import { useDesk, useLine } from './DeskProvider'
import { SoundDevices } from './SoundDevices'
import styles from './SoundStrip.module.css'

const meterMillis = 100

/** Whether the agent can be heard, and hears: a sentence and two meters. */
export function SoundStrip() {
  const { t } = useTranslation()
  const { line } = useDesk()
  const { line: state, sound } = useLine()
  const mine = useRef<HTMLMeterElement>(null)
  const theirs = useRef<HTMLMeterElement>(null)
  const live = sound === 'ready' || sound === 'connected'

  useEffect(() => {
    if (!live) return
    // Past React: ten renders a second of the whole bar would be a waste.
    const timer = setInterval(() => {
      const levels = line.levels()
      if (mine.current) mine.current.value = levels.mine
      if (theirs.current) theirs.current.value = levels.theirs
    }, meterMillis)
    return () => clearInterval(timer)
  }, [live, line])

  if (state !== 'open' && state !== 'ringing' && state !== 'connecting') return null
  return (
    <div className={styles['strip']} role="group" aria-label={t('sound.label')}>
      <span className={styles['state']} data-sound={sound} role="status">
        {t(`sound.state.${sound}`)}
      </span>
      {(sound === 'refused' || sound === 'missing' || sound === 'elsewhere') && <Button onClick={() => void line.askMicrophone()}>{t('sound.turnOn')}</Button>}
      {live && (
        <>
          <label className={styles['level']}>
            {t('sound.you')} <meter ref={mine} min={0} max={1} />
          </label>
          <label className={styles['level']}>
            {t('sound.payer')} <meter ref={theirs} min={0} max={1} />
          </label>
          <SoundDevices devices={line.devices} />
        </>
      )}
    </div>
  )
}
