import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { desk } from '../api/desk'
import { Button } from '../design/Button'
import { Card } from '../design/Card'
import { Field } from '../design/Field'
import { Notice } from '../design/Notice'
import { ProblemNotice } from '../design/ProblemNotice'
import { useFormat } from '../design/useFormat'
import styles from './AppointmentCard.module.css'

const minutesAhead = [30, 60, 120] as const

/** "Call me at six": agreed with the payer on the line. The money stays held until then. */
export function AppointmentCard({ caseId, agreed }: { caseId: string; agreed: string | null }) {
  const { t } = useTranslation()
  const format = useFormat()
  const [at, setAt] = useState('')
  const appoint = useMutation({ mutationFn: (time: Date) => desk.appoint(caseId, time.toISOString()) })
  const until = appoint.data?.at ?? agreed

  function submit(event: FormEvent): void {
    event.preventDefault()
    if (at !== '') appoint.mutate(new Date(at))
  }

  return (
    <Card title={t('desk.appointment.title')}>
      <p className={styles['lead']}>{t('desk.appointment.lead')}</p>
      {until !== null && <Notice tone="good">{t('desk.appointment.agreed', { at: format.dateTime(until) })}</Notice>}
      {appoint.isError && <ProblemNotice problem={appoint.error} />}
      <div className={styles['presets']}>
        {minutesAhead.map((minutes) => (
          <Button key={minutes} disabled={appoint.isPending} onClick={() => appoint.mutate(new Date(Date.now() + minutes * 60_000))}>
            {t('desk.appointment.in', { time: format.duration(minutes * 60_000) })}
          </Button>
        ))}
      </div>
      <form className={styles['form']} onSubmit={submit}>
        <Field label={t('desk.appointment.at')}>
          <input type="datetime-local" value={at} onChange={(event) => setAt(event.target.value)} />
        </Field>
        <Button type="submit" busy={appoint.isPending} disabled={at === ''}>
          {t('desk.appointment.save')}
        </Button>
      </form>
    </Card>
  )
}
