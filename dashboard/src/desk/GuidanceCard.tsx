import { useTranslation } from 'react-i18next'
import type { DeskCase } from '../api/desk'
import { Card } from '../design/Card'
import styles from './GuidanceCard.module.css'
import type { EditedNotes } from './Notes'

interface GuidanceCardProps {
  guidance: DeskCase['guidance']
  language: string
  notes: EditedNotes
}

/** A tick writes a line into the notes and is read from there, so that it is on file and outlives a reload. */
export function GuidanceCard({ guidance, language, notes }: GuidanceCardProps) {
  const { t } = useTranslation()
  const lines = notes.text.split('\n')
  const lineOf = (title: string) => `✓ ${title}`

  function toggle(title: string, told: boolean): void {
    const line = lineOf(title)
    const rest = lines.filter((each) => each !== line)
    notes.write((told ? [...rest.filter((each, index) => each !== '' || index < rest.length - 1), line] : rest).join('\n'))
  }

  return (
    <Card title={t('desk.guidance.title')}>
      {guidance.length === 0 ? (
        <p>{t('desk.guidance.none')}</p>
      ) : (
        <>
          <p className={styles['lead']}>{t('desk.guidance.lead')}</p>
          <ul className={styles['list']}>
            {guidance.map(({ id, title, text }) => (
              <li key={id}>
                <label className={styles['item']}>
                  <input type="checkbox" checked={lines.includes(lineOf(title))} onChange={(event) => toggle(title, event.target.checked)} />
                  <span lang={language}>
                    <strong>{title}</strong>
                    <br />
                    {text}
                  </span>
                </label>
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  )
}
