import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation, useSearchParams } from 'wouter'
import { desk } from '../api/desk'
import { supervision } from '../api/supervision'
import { Button } from '../design/Button'
import { Card } from '../design/Card'
import { ProblemNotice } from '../design/ProblemNotice'
import { Skeleton } from '../design/Skeleton'
import { useSession } from '../session/useSession'
import { formOf, type HelpForm } from './helpForm'
import { HelpRequestForm } from './HelpRequestForm'

/** For a payer on the telephone whose money has gone out: by hand, or filled in from the case that the address names. */
export function OpenHelp() {
  const { t } = useTranslation()
  const [, navigate] = useLocation()
  const [address] = useSearchParams()
  const [caseId, paymentId] = [address.get('case'), address.get('payment') ?? '']
  const { data: user } = useSession()
  const [byHand, setByHand] = useState(false)
  const known = useQuery({
    // Agents read the case in their hands; the others any, which is noted.
    queryKey: [user?.role === 'agent' ? 'desk-case' : 'case', caseId],
    queryFn: () => (user?.role === 'agent' ? desk.readCase(caseId!) : supervision.readCase(caseId!)),
    enabled: caseId !== null && user !== undefined && !byHand,
    staleTime: Infinity,
  })

  function close(): void {
    setByHand(false)
    navigate('/transfer-help')
  }
  const form = (given: HelpForm) => (
    <Card title={t('transferHelp.open.title')}>
      <HelpRequestForm given={given} onClose={close} />
    </Card>
  )
  if (byHand) return form({})
  if (known.data !== undefined) return form(formOf(known.data, paymentId))
  if (caseId !== null && !known.isError)
    return (
      <Card title={t('transferHelp.open.title')}>
        <Skeleton lines={6} />
      </Card>
    )
  return (
    <>
      {known.isError && <ProblemNotice problem={known.error} onRetry={() => void known.refetch()} />}
      <div>
        <Button onClick={() => setByHand(true)}>{t(known.isError ? 'transferHelp.open.byHand' : 'transferHelp.open.title')}…</Button>
      </div>
    </>
  )
}
