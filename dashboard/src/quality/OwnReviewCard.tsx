import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { quality, type OwnReviewView } from '../api/quality'
import { Badge } from '../design/Badge'
import { Button } from '../design/Button'
import { Field } from '../design/Field'
import { ProblemNotice } from '../design/ProblemNotice'
import { useFormat } from '../design/useFormat'
import { AgentsWord } from './AgentsWord'
import styles from './Quality.module.css'
import { ScoreSheet } from './ScoreSheet'
import { StateBadge } from './StateBadge'

export const ownReviewsKey = ['own-reviews'] as const

/** A review as its agent reads it, and what they say to it. */
export function OwnReviewCard({ review }: { review: OwnReviewView }) {
  const { t } = useTranslation()
  const format = useFormat()
  const queries = useQueryClient()
  const [disputing, setDisputing] = useState(false)
  const [comment, setComment] = useState('')
  const say = useMutation({
    mutationFn: (disputed: boolean) => (disputed ? quality.dispute(review.reviewId, comment.trim()) : quality.acknowledge(review.reviewId)),
    onSettled: () => queries.invalidateQueries({ queryKey: ownReviewsKey }),
  })
  const open = review.state === 'submitted'
  return (
    <section className={styles['own']} aria-label={t('quality.own.call', { at: format.dateTime(review.calledAt) })}>
      <header className={styles['filter']}>
        <h2>{t('quality.own.call', { at: format.dateTime(review.calledAt) })}</h2>
        {open ? <Badge tone="info">{t('quality.own.new')}</Badge> : <StateBadge state={review.state} />}
      </header>
      {review.versions.toReversed().map((version) => (
        <ScoreSheet key={version.version} review={review} version={version} />
      ))}
      <AgentsWord review={review} who={t('quality.own.youSaid')} />
      {review.state === 'disputed' && <p className={styles['soft']}>{t('quality.own.waits')}</p>}
      {open && disputing && (
        <form
          className={styles['form']}
          onSubmit={(event) => {
            event.preventDefault()
            say.mutate(true)
          }}
        >
          <Field label={t('quality.own.why')}>
            <textarea required minLength={3} maxLength={2_000} rows={3} value={comment} onChange={(event) => setComment(event.target.value)} />
          </Field>
          <div className={styles['foot']}>
            <Button onClick={() => setDisputing(false)}>{t('cancel')}</Button>
            <Button look="primary" type="submit" busy={say.isPending}>
              {t('quality.own.send')}
            </Button>
          </div>
        </form>
      )}
      {open && !disputing && (
        <div className={styles['foot']}>
          <Button onClick={() => setDisputing(true)}>{t('quality.own.dispute')}</Button>
          <Button look="primary" busy={say.isPending} onClick={() => say.mutate(false)}>
            {t('quality.own.acknowledge')}
          </Button>
        </div>
      )}
      {say.isError && <ProblemNotice problem={say.error} />}
    </section>
  )
}
