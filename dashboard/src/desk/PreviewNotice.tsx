import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { desk } from '../api/desk'
import { Button } from '../design/Button'
import { Notice } from '../design/Notice'
import { ProblemNotice } from '../design/ProblemNotice'
import { useKeys } from '../design/useKeys'
import { useDeskSnapshot } from './DeskProvider'

/** In a queue with preview nothing rings until the agent has looked at the case and says so. */
export function PreviewNotice({ caseId }: { caseId: string }) {
  const { t } = useTranslation()
  const { presence, call } = useDeskSnapshot()
  const start = useMutation({ mutationFn: () => desk.callNow(caseId) })
  const live = call?.caseId === caseId && call.status !== 'ended'
  const waits = presence?.status === 'busy' && !live && !start.isSuccess
  const callNow = () => waits && !start.isPending && start.mutate()
  useKeys({ c: callNow })
  if (!waits) return null
  return (
    <>
      {start.isError && <ProblemNotice problem={start.error} />}
      <Notice
        title={t('desk.preview.title')}
        action={
          <Button look="primary" large hint="C" busy={start.isPending} onClick={callNow}>
            {t('desk.preview.call')}
          </Button>
        }
      >
        {t('desk.preview.lead')}
      </Notice>
    </>
  )
}
