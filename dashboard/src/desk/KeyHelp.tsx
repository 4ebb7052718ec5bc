import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../design/Button'
import { Modal } from '../design/Modal'
import { singleKeys, useKeys, useSingleKeys } from '../design/useKeys'
import styles from './KeyHelp.module.css'

const rows = [
  ['Enter / A', 'accept'],
  ['D', 'decline'],
  ['M', 'mute'],
  ['H', 'hold'],
  ['P', 'pauseRecording'],
  ['E', 'askForHelp'],
  ['C', 'call'],
  ['T', 'transfer'],
  ['B', 'thirdParty'],
  ['X X', 'hangUp'],
  ['1 2 3 4', 'verdict'],
  ['5 6 7', 'agree'],
  ['Ctrl + Enter', 'submit'],
  ['J K', 'chats'],
  ['S', 'say'],
  ['O', 'notes'],
  ['L', 'longer'],
  ['N', 'next'],
  ['?', 'help'],
] as const

export function KeyHelp() {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const single = useSingleKeys()
  useKeys({ '?': () => setOpen(true), '/': () => setOpen(true) })
  return (
    <>
      <Button look="quiet" hint="?" aria-label={t('desk.keys.open')} title={t('desk.keys.open')} onClick={() => setOpen(true)} />
      <Modal open={open} title={t('desk.keys.title')} onClose={() => setOpen(false)}>
        <dl className={styles['keys']}>
          {rows.map(([key, meaning]) => (
            <div key={meaning}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{t(`desk.keys.${meaning}`)}</dd>
            </div>
          ))}
        </dl>
        <label className={styles['single']}>
          <input type="checkbox" checked={single} onChange={(event) => singleKeys.set(event.target.checked)} />
          {t('desk.keys.single')}
        </label>
        <p className={styles['note']}>{t('desk.keys.note')}</p>
        <Button onClick={() => setOpen(false)}>{t('close')}</Button>
      </Modal>
    </>
  )
}
