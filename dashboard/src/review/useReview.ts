import { useMutation, useQueryClient, type QueryKey } from '@tanstack/react-query'

interface ReviewOptions<Draft, Effects, Saved> {
  /** Asks the server what a change would do. */
  forecast: (draft: Draft) => Promise<Effects>
  save: (draft: Draft) => Promise<Saved>
  /** What is read again once it was saved, or somebody else was faster. */
  changes: readonly QueryKey[]
  onSaved: (saved: Saved) => void
}

/** A change on its way: asked about, looked at, then saved. */
export function useReview<Draft, Effects, Saved = unknown>({ forecast, save, changes, onSaved }: ReviewOptions<Draft, Effects, Saved>) {
  const queries = useQueryClient()
  const asking = useMutation({ mutationFn: forecast })
  const saving = useMutation({
    mutationFn: save,
    onSettled: () => Promise.all(changes.map((queryKey) => queries.invalidateQueries({ queryKey }))),
    onSuccess: onSaved,
  })
  return {
    ask: (draft: Draft) => asking.mutate(draft),
    asking: asking.isPending,
    problem: asking.error,
    /** What is looked at now, and what the dialog needs. */
    reviewed: asking.isSuccess
      ? {
          draft: asking.variables,
          effects: asking.data,
          dialog: {
            busy: saving.isPending,
            problem: saving.error,
            onCancel() {
              asking.reset()
              saving.reset()
            },
            onSave: () => saving.mutate(asking.variables),
          },
        }
      : undefined,
  }
}
