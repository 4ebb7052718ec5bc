import { Dialog } from 'radix-ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../design/Button'
import { singleKeys, useKeys, useSingleKeys } from '../design/useKeys'
import styles from './KeyHelp.module.css'

const rows = [
  ['Enter / A', 'accept'],
  ['D', 'decline'],
  ['M', 'mute'],
  ['H', 'hold'],
  ['X X', 'hangUp'],
  ['1 2 3 4', 'verdict'],
  ['Ctrl + Enter', 'submit'],
  ['S', 'say'],
  ['O', 'notes'],
  ['N', 'next'],
  ['?', 'help'],
] as const

export function KeyHelp() {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const single = useSingleKeys()
  useKeys({ '?': () => setOpen(true), '/': () => setOpen(true) })
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger asChild>
        <Button look="quiet" hint="?" aria-label={t('desk.keys.open')} title={t('desk.keys.open')} />
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className={styles['scrim']} />
        <Dialog.Content className={styles['dialog']} aria-describedby={undefined}>
          <Dialog.Title>{t('desk.keys.title')}</Dialog.Title>
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
          <Dialog.Close asChild>
            <Button>{t('close')}</Button>
          </Dialog.Close>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
