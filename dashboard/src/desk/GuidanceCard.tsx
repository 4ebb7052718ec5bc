import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { securityHoles, type SecurityHole } from '../../../domain/security'
import { desk, type DeskCase } from '../api/desk'
import { Card } from '../design/Card'
import { ProblemNotice } from '../design/ProblemNotice'
import { useKeys } from '../design/useKeys'
import styles from './GuidanceCard.module.css'
import type { EditedNotes } from './Notes'

interface GuidanceCardProps {
  caseId: string
  guidance: DeskCase['guidance']
  given: DeskCase['guidanceGiven']
  language: string
  notes: EditedNotes
}

const isHole = (id: string): id is SecurityHole => securityHoles.some((hole) => hole === id)
/** Beside the keys 1 to 4 of the verdict. */
const keys = ['5', '6', '7'] as const

/**
 * Advice, the largest hole first. A tick writes a line into the notes and is read from there, so that it is on file and
 * outlives a reload; what the payer agreed to is recorded at once, and they are sent the steps.
 */
export function GuidanceCard({ caseId, guidance, given, language, notes }: GuidanceCardProps) {
  const { t } = useTranslation()
  const [agreed, setAgreed] = useState<readonly string[]>(() => given.filter((one) => one.agreed).map(({ advice }) => advice))
  const save = useMutation({ mutationFn: (advice: DeskCase['guidanceGiven']) => desk.recordGuidance(caseId, advice) })
  const lines = notes.text.split('\n')
  const lineOf = (title: string) => `✓ ${title}`
  const isTold = (title: string) => lines.includes(lineOf(title))

  function record(told: (id: string, title: string) => boolean, yes: readonly string[]): void {
    setAgreed(yes)
    save.mutate(guidance.flatMap(({ id, title }) => (isHole(id) && (told(id, title) || yes.includes(id)) ? [{ advice: id, agreed: yes.includes(id) }] : [])))
  }

  function tell(title: string, told: boolean): void {
    const line = lineOf(title)
    const rest = lines.filter((each) => each !== line)
    notes.write((told ? [...rest.filter((each, index) => each !== '' || index < rest.length - 1), line] : rest).join('\n'))
  }

  function toggleTold(id: string, title: string): void {
    const told = !isTold(title)
    tell(title, told)
    record((one, its) => (one === id ? told : isTold(its)), told ? agreed : agreed.filter((one) => one !== id))
  }

  function toggleAgreed(id: string, title: string): void {
    const yes = !agreed.includes(id)
    if (yes && !isTold(title)) tell(title, true)
    record((_, its) => isTold(its), yes ? [...agreed, id] : agreed.filter((one) => one !== id))
  }

  const toggleAt = (index: number) => () => {
    const item = guidance[index]
    if (item && isHole(item.id)) toggleAgreed(item.id, item.title)
  }
  useKeys({ '5': toggleAt(0), '6': toggleAt(1), '7': toggleAt(2) })

  return (
    <Card title={t('desk.guidance.title')}>
      {guidance.length === 0 ? (
        <p>{t('desk.guidance.none')}</p>
      ) : (
        <>
          <p className={styles['lead']}>{t('desk.guidance.lead')}</p>
          {save.isError && <ProblemNotice problem={save.error} onRetry={() => save.variables && save.mutate(save.variables)} />}
          <ul className={styles['list']}>
            {guidance.map(({ id, title, text }, index) => (
              <li key={id}>
                <label className={styles['item']}>
                  <input type="checkbox" checked={isTold(title)} onChange={() => toggleTold(id, title)} />
                  <span lang={language}>
                    <strong>{title}</strong>
                    <br />
                    {text}
                  </span>
                </label>
                {isHole(id) && (
                  <label className={styles['agreed']} data-yes={agreed.includes(id)}>
                    <input type="checkbox" checked={agreed.includes(id)} onChange={() => toggleAgreed(id, title)} aria-label={t('desk.guidance.agreedTo', { title })} />
                    {t('desk.guidance.agreed')}
                    {keys[index] !== undefined && <kbd aria-hidden>{keys[index]}</kbd>}
                  </label>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  )
}
