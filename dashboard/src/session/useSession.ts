import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { session, type User } from '../api/session'

export const sessionKey = ['session'] as const

/** Who is signed in: undefined while it is not known yet, null for nobody. */
export function useSession() {
  return useQuery({ queryKey: sessionKey, queryFn: session.read, staleTime: Infinity, retry: 1 })
}

export function useSignedIn(): (user: User | null) => void {
  const client = useQueryClient()
  return useCallback(
    (user) => {
      // Another person's data must not be seen by whoever signs in next.
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] })
      client.setQueryData(sessionKey, user)
    },
    [client],
  )
}
