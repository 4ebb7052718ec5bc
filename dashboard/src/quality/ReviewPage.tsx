import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation, useParams } from 'wouter'
import { quality, type ReviewView } from '../api/quality'
import { Button } from '../design/Button'
import { Card } from '../design/Card'
import { Fact, Facts } from '../design/Facts'
import { Loaded } from '../design/Loaded'
import { Notice } from '../design/Notice'
import { Page } from '../design/Page'
import { ProblemNotice } from '../design/ProblemNotice'
import { useFormat } from '../design/useFormat'
import { RecordingsCard } from '../histories/RecordingsCard'
import { useSession } from '../session/useSession'
import { AgentsWord } from './AgentsWord'
import { Comparison } from './Comparison'
import styles from './Quality.module.css'
import { ScoreForm, type Purpose } from './ScoreForm'
import { ScoreSheet } from './ScoreSheet'
import { StateBadge } from './StateBadge'

/** One call, its recording, and the scorecard that it is scored by. */
export function ReviewPage() {
  const { t } = useTranslation()
  const { reviewId } = useParams<{ reviewId: string }>()
  // Once it is open nothing but the reviewer's own doing changes it; opening it again would be one more row of the audit log.
  const review = useQuery({
    queryKey: ['review', reviewId],
    queryFn: () => quality.review(reviewId),
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
  })
  return (
    <Page title={t('quality.review.title')} width="wide">
      <nav>
        <Link href="/quality/reviews">← {t('quality.review.back')}</Link>
      </nav>
      <Loaded query={review} lines={8}>
        {(read) => <Review key={reviewId} review={read} />}
      </Loaded>
    </Page>
  )
}

function Review({ review }: { review: ReviewView }) {
  const { t } = useTranslation()
  const format = useFormat()
  const own = useSession().data?.id
  const queries = useQueryClient()
  const [, navigate] = useLocation()
  const [correcting, setCorrecting] = useState(false)
  const show = (next: ReviewView) => {
    setCorrecting(false)
    queries.setQueryData(['review', next.reviewId], next)
    void queries.invalidateQueries({ queryKey: ['reviews'] })
  }
  const act = useMutation({
    async mutationFn(what: 'release' | 'compare') {
      if (what === 'release') await quality.release(review.reviewId)
      navigate(what === 'release' ? '/quality/reviews' : `/quality/reviews/${(await quality.calibrate(review.reviewId)).reviewId}`)
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['reviews'] }),
  })
  const mine = review.reviewer === null || review.reviewer.id === own
  const settling = review.state === 'disputed' && !mine
  const open = review.state === 'waiting' || review.state === 'draft'
  const purpose: Purpose | undefined = settling ? 'settle' : open && mine ? 'submit' : correcting ? 'correct' : undefined
  const mayCorrect = mine && !correcting && (review.state === 'submitted' || review.state === 'acknowledged')
  const mayCompare = !mine && review.calibrates === null && review.submittedAt !== null && !review.comparisons.some(({ reviewer }) => reviewer?.id === own)
  return (
    <div className={styles['parts']}>
      <div className={styles['main']}>
        {open && !mine && <Notice tone="warn">{t('quality.review.others')}</Notice>}
        {review.state === 'disputed' && <Notice tone="warn">{t(settling ? 'quality.review.settleLead' : 'quality.review.settleOwn')}</Notice>}
        <AgentsWord review={review} who={review.agent?.name ?? t('quality.review.agentSaid')} />
        {purpose !== undefined && <ScoreForm review={review} purpose={purpose} onDone={show} />}
        {review.versions.toReversed().map((version) => (
          <ScoreSheet key={version.version} review={review} version={version} />
        ))}
        <Comparison review={review} />
      </div>
      <div className={styles['side']}>
        <Card title={t('quality.reviews.call')} aside={<StateBadge state={review.state} />}>
          <Facts>
            <Fact name={t('quality.reviews.call')}>{format.dateTime(review.calledAt)}</Fact>
            <Fact name={t('quality.reviews.agent')}>{review.agent?.name ?? t('quality.reviews.nobody')}</Fact>
            <Fact name={t('quality.reviews.why')}>{review.reasons.map((reason) => t(`quality.reason.${reason}`)).join(', ')}</Fact>
            <Fact name={t('quality.reviews.reviewer')}>{review.reviewer?.name ?? '–'}</Fact>
            <Fact name={t('quality.review.case')}>
              <Link href={`/histories/${review.caseId}`}>{review.caseId}</Link>
            </Fact>
          </Facts>
        </Card>
        <RecordingsCard caseId={review.caseId} open={false} reviewing />
        <div className={styles['actions']}>
          {mayCorrect && <Button onClick={() => setCorrecting(true)}>{t('quality.review.beginCorrection')}</Button>}
          {mayCompare && (
            <Button busy={act.isPending} onClick={() => act.mutate('compare')}>
              {t('quality.review.compare')}
            </Button>
          )}
          {review.state === 'draft' && review.calibrates === null && (
            <Button busy={act.isPending} onClick={() => act.mutate('release')}>
              {t('quality.review.release')}
            </Button>
          )}
        </div>
        {act.isError && <ProblemNotice problem={act.error} />}
        <p className={styles['soft']}>{t('quality.review.onRecord')}</p>
      </div>
    </div>
  )
}
