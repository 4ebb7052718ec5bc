import { useMutation, useQuery, useQueryClient, type QueryKey } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Change } from './Changes'
import { ReviewDialog } from './ReviewDialog'

interface ForecastDialogProps<Effects> {
  title: string
  lead: string
  changes: (effects: Effects | undefined) => Change[]
  warning?: (effects: Effects) => string | undefined
  /** What the button says. */
  save: string
  /** Names the action for as long as it is looked at. */
  forecastKey: QueryKey
  forecast: () => Promise<Effects>
  act: () => Promise<unknown>
  /** What is read again once it was done. */
  concerns: QueryKey
  onClose: () => void
  children: (effects: Effects) => ReactNode
}

/** The last look before something is done that needs no form: what it will do is asked when the dialog opens. */
export function ForecastDialog<Effects>({ forecastKey, forecast, act, concerns, changes, warning, onClose, children, ...words }: ForecastDialogProps<Effects>) {
  const queries = useQueryClient()
  const asked = useQuery({ queryKey: ['forecast', ...forecastKey], queryFn: forecast, gcTime: 0, retry: false, refetchOnWindowFocus: false })
  const acting = useMutation({
    mutationFn: act,
    async onSuccess() {
      await queries.invalidateQueries({ queryKey: concerns })
      onClose()
    },
  })
  return (
    <ReviewDialog
      {...words}
      changes={changes(asked.data)}
      warning={asked.data === undefined ? undefined : warning?.(asked.data)}
      busy={asked.isPending || acting.isPending}
      problem={acting.error ?? asked.error}
      onCancel={onClose}
      onSave={() => acting.mutate()}
    >
      {asked.data !== undefined && children(asked.data)}
    </ReviewDialog>
  )
}
