import { useQuery } from '@tanstack/react-query'
import { approvals } from '../api/approvals'

export const approvalsKey = ['approvals'] as const
const refreshMillis = 5_000

/** What waits for a second person, the most urgent first. */
export function useOpenApprovals() {
  return useQuery({ queryKey: [...approvalsKey, 'open'], queryFn: approvals.open, refetchInterval: refreshMillis })
}

/** What was decided lately, newest first. */
export function useClosedApprovals() {
  return useQuery({ queryKey: [...approvalsKey, 'closed'], queryFn: approvals.closed, refetchInterval: refreshMillis })
}
