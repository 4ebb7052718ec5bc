import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { dialling } from '../api/dialling'
import { Button } from '../design/Button'
import { Card } from '../design/Card'
import { Field } from '../design/Field'
import { Icon } from '../design/Icon'
import { Loaded } from '../design/Loaded'
import { Notice } from '../design/Notice'
import { ProblemNotice } from '../design/ProblemNotice'
import { useFormat } from '../design/useFormat'
import styles from './DiallingPage.module.css'
import { diallingKey, useDialling } from './useDialling'

/** Stops all dialling at once. A reason is asked for: whoever comes next must know why no phone rings. */
export function KillSwitch({ mayChange }: { mayChange: boolean }) {
  const { t } = useTranslation()
  const format = useFormat()
  const queries = useQueryClient()
  const state = useDialling()
  const [reason, setReason] = useState('')
  const change = useMutation({
    mutationFn: (why: string | null) => (why === null ? dialling.resume() : dialling.pause(why)),
    onSuccess(now) {
      queries.setQueryData(diallingKey, now)
      setReason('')
    },
  })

  function pause(event: FormEvent): void {
    event.preventDefault()
    if (reason.trim() !== '') change.mutate(reason.trim())
  }

  return (
    <Card title={t('dialling.switch')} tone={state.data?.paused ? 'caution' : 'plain'}>
      <Loaded query={state} lines={2}>
        {(now) =>
          now.paused ? (
            <Notice
              tone="danger"
              title={t('dialling.pausedTitle')}
              action={
                mayChange && (
                  <Button look="primary" busy={change.isPending} onClick={() => change.mutate(null)}>
                    {t('dialling.resume')}
                  </Button>
                )
              }
            >
              <p>
                {now.reason}
                {now.changedAt !== null && ` · ${now.changedBy ?? ''} · ${format.dateTime(now.changedAt)}`}
              </p>
              <p>{t('dialling.pausedText')}</p>
            </Notice>
          ) : (
            <>
              <p>
                <Icon name="check" /> {t('dialling.running')}
              </p>
              {mayChange && (
                <form className={`${styles['form']} ${styles['pause']}`} onSubmit={pause}>
                  <Field label={t('dialling.reason')}>
                    <input required maxLength={300} value={reason} onChange={(event) => setReason(event.target.value)} />
                  </Field>
                  <Button look="danger" type="submit" busy={change.isPending} disabled={reason.trim() === ''}>
                    {t('dialling.pause')}
                  </Button>
                </form>
              )}
            </>
          )
        }
      </Loaded>
      {change.isError && <ProblemNotice problem={change.error} />}
    </Card>
  )
}
