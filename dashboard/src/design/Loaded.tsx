import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { ProblemNotice } from './ProblemNotice'
import { Skeleton } from './Skeleton'

/** What a query has read. Until then that many grey lines; when it fails, why, and a way to try again. */
export function Loaded<T>({ query, lines, children }: { query: UseQueryResult<T>; lines: number; children: (data: T) => ReactNode }) {
  if (query.isError) return <ProblemNotice problem={query.error} onRetry={() => void query.refetch()} />
  if (query.data === undefined) return <Skeleton lines={lines} />
  return children(query.data)
}
