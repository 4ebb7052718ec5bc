import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { supervision } from '../api/supervision'
import { Button } from '../design/Button'
import { Field } from '../design/Field'
import { Icon } from '../design/Icon'
import { Modal } from '../design/Modal'
import { ProblemNotice } from '../design/ProblemNotice'
import { useSession } from '../session/useSession'
import { filterOfSaved, savedOf, type Filter } from './filter'
import styles from './SavedFilters.module.css'

/** Searches worth doing again: one press each; one's own can be forgotten, and shared with all who search. */
export function SavedFilters({ filter, onSearch }: { filter: Filter; onSearch: (filter: Filter) => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const me = useSession().data?.id
  const [naming, setNaming] = useState(false)
  const saved = useQuery({ queryKey: ['saved-filters'], queryFn: supervision.savedFilters })
  const refresh = () => client.invalidateQueries({ queryKey: ['saved-filters'] })
  const save = useMutation({
    mutationFn: supervision.saveFilter,
    onSuccess: () => {
      setNaming(false)
      return refresh()
    },
  })
  const forget = useMutation({ mutationFn: supervision.forgetFilter, onSettled: refresh })

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    const given = new FormData(event.currentTarget)
    save.mutate({ name: String(given.get('name')), shared: given.has('shared'), filter: savedOf(filter) })
  }

  return (
    <div className={styles['bar']} role="group" aria-label={t('keeping.filters.label')}>
      {saved.data?.filters.map(({ id, name, owner, filter: kept }) => (
        <span key={id} className={styles['one']}>
          <Button onClick={() => onSearch(filterOfSaved(kept))}>{owner.id === me ? name : t('keeping.filters.sharedBy', { name, owner: owner.name })}</Button>
          {owner.id === me && (
            <Button look="quiet" aria-label={t('keeping.filters.forget', { name })} onClick={() => forget.mutate(id)}>
              <Icon name="cross" />
            </Button>
          )}
        </span>
      ))}
      {Object.keys(filter).length > 0 && (
        <Button look="quiet" onClick={() => setNaming(true)}>
          {t('keeping.filters.save')}
        </Button>
      )}
      <Modal open={naming} title={t('keeping.filters.save')} onClose={() => setNaming(false)}>
        <form className={styles['form']} onSubmit={submit}>
          <Field label={t('keeping.filters.name')}>
            <input name="name" required maxLength={80} autoFocus />
          </Field>
          <label>
            <input name="shared" type="checkbox" /> {t('keeping.filters.shared')}
          </label>
          {save.isError && <ProblemNotice problem={save.error} />}
          <div className={styles['actions']}>
            <Button onClick={() => setNaming(false)}>{t('keeping.filters.cancel')}</Button>
            <Button look="primary" type="submit" busy={save.isPending}>
              {t('keeping.filters.save')}
            </Button>
          </div>
        </form>
      </Modal>
    </div>
  )
}
