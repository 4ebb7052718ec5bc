import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccountSettings } from '../api/admin'
import { problemAt } from '../api/problem'
import { Button } from '../design/Button'
import { Field } from '../design/Field'
import { ProblemNotice } from '../design/ProblemNotice'
import table from '../design/Table.module.css'
import { RoleField } from './RoleField'

interface UserFormProps {
  draft: AccountSettings
  /** Not before they have chosen a password. */
  mayBeLetIn: boolean
  problem: unknown
  busy: boolean
  onChange: (draft: AccountSettings) => void
  onReview: () => void
}

export function UserForm({ draft, mayBeLetIn, problem, busy, onChange, onReview }: UserFormProps) {
  const { t } = useTranslation()

  function submit(event: FormEvent): void {
    event.preventDefault()
    onReview()
  }

  return (
    <form className={table['form']} onSubmit={submit} autoComplete="off">
      {problem !== null && <ProblemNotice problem={problem} />}
      <Field label={t('admin.users.name')} error={problemAt(problem, 'name')}>
        <input required maxLength={200} value={draft.name} onChange={(event) => onChange({ ...draft, name: event.target.value })} />
      </Field>
      <RoleField role={draft.role} onChange={(role) => onChange({ ...draft, role })} />
      {mayBeLetIn && (
        <label className={table['check']}>
          <input type="checkbox" checked={draft.active} onChange={(event) => onChange({ ...draft, active: event.target.checked })} />
          {t('admin.users.active')}
        </label>
      )}
      <Button look="primary" type="submit" busy={busy}>
        {t('review.action')}
      </Button>
    </form>
  )
}
