import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'wouter'
import type { MonitoringMode } from '../../../domain/monitoring'
import { supervision, type Monitoring } from '../api/supervision'
import { useDesk } from '../desk/DeskProvider'
import { useSession } from '../session/useSession'

export const monitoringKey = ['monitoring'] as const

/** The call that this supervisor is in, and what they may do in calls. */
export function useMonitoring() {
  const { line } = useDesk()
  const queries = useQueryClient()
  const [, navigate] = useLocation()
  const { data: user } = useSession()
  const may = user?.role === 'supervisor'
  const { data } = useQuery({ queryKey: monitoringKey, queryFn: supervision.monitoring, enabled: may, staleTime: Infinity })
  const [problem, setProblem] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const know = (monitoring: Monitoring | null) => queries.setQueryData(monitoringKey, monitoring)

  async function attempt(action: () => Promise<void>): Promise<void> {
    setBusy(true)
    setProblem(undefined)
    try {
      await action()
    } catch (cause) {
      setProblem(cause)
      void queries.invalidateQueries({ queryKey: monitoringKey })
    } finally {
      setBusy(false)
    }
  }

  return {
    /** Only supervisors join calls. */
    may,
    userId: user?.id,
    monitoring: data ?? null,
    busy,
    problem,
    /** Joins the call of a case, or changes how we are in it; being in another one, leaves that first. */
    join: (caseId: string, mode: MonitoringMode) =>
      attempt(async () => {
        if (data && data.caseId !== caseId) await supervision.leave(data.caseId)
        know(await supervision.monitor(caseId, mode))
        await line.connect(caseId)
      }),
    leave: (caseId: string) =>
      attempt(async () => {
        await supervision.leave(caseId)
        know(null)
        await line.hangUp()
      }),
    /** The case is ours; the desk shows it. */
    takeOver: (caseId: string) =>
      attempt(async () => {
        if (data && data.caseId !== caseId) await supervision.leave(data.caseId)
        know(await supervision.monitor(caseId, 'take_over'))
        navigate('/desk')
      }),
  }
}
