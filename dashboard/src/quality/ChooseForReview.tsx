import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { quality } from '../api/quality'
import { Button } from '../design/Button'
import { ProblemNotice } from '../design/ProblemNotice'

/** A supervisor wants this call scored, whatever the lots say. */
export function ChooseForReview({ caseId, attemptId }: { caseId: string; attemptId: string }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [, navigate] = useLocation()
  const choose = useMutation({
    mutationFn: () => quality.choose(caseId, attemptId),
    onSuccess({ reviewId }) {
      void queries.invalidateQueries({ queryKey: ['reviews'] })
      navigate(`/quality/reviews/${reviewId}`)
    },
  })
  return (
    <div>
      <Button busy={choose.isPending} onClick={() => choose.mutate()}>
        {t('quality.review.choose')}
      </Button>
      {choose.isError && <ProblemNotice problem={choose.error} />}
    </div>
  )
}
