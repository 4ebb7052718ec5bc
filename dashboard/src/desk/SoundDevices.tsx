import { useEffect, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import type { Devices } from '../softphone/devices'
import styles from './SoundStrip.module.css'

/** The choice of microphone and speaker. Browsers name the devices only once the microphone is allowed. */
export function SoundDevices({ devices }: { devices: Devices }) {
  const { t } = useTranslation()
  const chosen = useSyncExternalStore(devices.subscribe, devices.chosen)
  const [plugged, setPlugged] = useState<MediaDeviceInfo[]>([])

  useEffect(() => {
    const look = () => void navigator.mediaDevices.enumerateDevices().then(setPlugged, (cause: unknown) => console.warn('devices not listed', cause))
    look()
    navigator.mediaDevices.addEventListener('devicechange', look)
    return () => navigator.mediaDevices.removeEventListener('devicechange', look)
  }, [])

  return (
    <details className={styles['devices']}>
      <summary>{t('sound.devices')}</summary>
      <div className={styles['choices']}>
        {(['microphone', 'speaker'] as const).map((kind) => {
          // `default` is the browser's choice under another name.
          const offered = plugged.filter(
            (d) => d.kind === (kind === 'microphone' ? 'audioinput' : 'audiooutput') && d.deviceId !== '' && d.deviceId !== 'default',
          )
          return (
            <label key={kind}>
              {t(`sound.${kind}`)}
              <select value={chosen[kind] ?? ''} onChange={(event) => devices.choose(kind, event.target.value || null)}>
                <option value="">{t('sound.browsers')}</option>
                {offered.map(({ deviceId, label }, index) => (
                  <option key={deviceId} value={deviceId}>
                    {label || t('sound.unnamed', { number: index + 1 })}
                  </option>
                ))}
              </select>
            </label>
          )
        })}
      </div>
    </details>
  )
}
