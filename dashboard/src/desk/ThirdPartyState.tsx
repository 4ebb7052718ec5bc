import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { desk, type Call } from '../api/desk'
import { Button } from '../design/Button'
import { useProblemText } from '../design/ProblemNotice'
import type { live } from '../language/en/live'
import styles from './ThirdPartyState.module.css'

type Added = NonNullable<Call['thirdParty']>
type Word = keyof typeof live.thirdParty.state

const millisToConfirm = 3_000

/** Somebody who was brought in by telephone: how it stands, in a sentence, and the way to drop them. */
export function ThirdPartyState({ caseId, call }: { caseId: string; call: Call }) {
  const { t } = useTranslation()
  const tell = useProblemText()
  const [problem, setProblem] = useState<unknown>()
  const { thirdParty: added } = call
  if (added === null) return null
  const name = added.name?.[t('timeline.nameIn') as 'en' | 'zh']
  const together = added.status === 'in_progress' && added.joined && !added.dropped

  async function attempt(action: () => Promise<void>): Promise<void> {
    setProblem(undefined)
    await action().catch(setProblem)
  }

  return (
    <div className={styles['row']} data-tone={toneOf(added)}>
      <span role="status">
        {t(`live.thirdParty.state.${wordOf(added, call.held)}`, { who: name === undefined ? added.phone : `${name} (${added.phone})` })}
        {added.machine && added.status === 'in_progress' && ` ${t('live.thirdParty.machine')}`}
      </span>
      {added.status !== 'ended' && <Button onClick={() => void attempt(() => desk.dropThirdParty(caseId))}>{t('live.thirdParty.drop')}</Button>}
      {together && !call.held && <LeaveButton caseId={caseId} onLeave={() => void attempt(() => desk.leaveTogether(caseId))} />}
      {problem !== undefined && <span role="alert">{tell(problem)}</span>}
    </div>
  )
}

/** Only where policy allows it; pressed twice, because there is no way back. */
function LeaveButton({ caseId, onLeave }: { caseId: string; onLeave: () => void }) {
  const { t } = useTranslation()
  const { data } = useQuery({ queryKey: ['third-parties', caseId], queryFn: () => desk.thirdParties(caseId) })
  const [sure, setSure] = useState(false)
  useEffect(() => {
    if (!sure) return
    const timer = setTimeout(() => setSure(false), millisToConfirm)
    return () => clearTimeout(timer)
  }, [sure])
  if (!data?.leaveTogether) return null
  return (
    <Button
      look={sure ? 'danger' : 'quiet'}
      onClick={() => {
        if (sure) onLeave()
        setSure(!sure)
      }}
    >
      {t(sure ? 'live.thirdParty.leaveSure' : 'live.thirdParty.leave')}
    </Button>
  )
}

function wordOf({ status, joined, dropped, outcome, errorCode }: Added, held: boolean): Word {
  if (status === 'ended') return errorCode === 'dialling_paused' ? errorCode : (outcome ?? 'failed')
  if (dropped) return 'dropping'
  if (status === 'in_progress') return joined ? (held ? 'alone' : 'joined') : 'answered'
  return status === 'ringing' ? 'ringing' : 'calling'
}

function toneOf({ status, outcome, machine }: Added): 'plain' | 'warn' {
  const failed = status === 'ended' && outcome !== 'contact' && outcome !== 'canceled'
  return failed || (machine && status === 'in_progress') ? 'warn' : 'plain'
}
