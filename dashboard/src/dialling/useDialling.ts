import { useQuery } from '@tanstack/react-query'
import { dialling } from '../api/dialling'

export const diallingKey = ['dialling'] as const

export function useDialling() {
  return useQuery({ queryKey: diallingKey, queryFn: dialling.state, refetchInterval: 5_000 })
}
