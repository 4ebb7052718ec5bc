import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { admin, type StaffAccount } from '../api/admin'
import { problemAt } from '../api/problem'
import type { Role } from '../api/session'
import { Button } from '../design/Button'
import { Field } from '../design/Field'
import { Modal } from '../design/Modal'
import { ProblemNotice } from '../design/ProblemNotice'
import table from '../design/Table.module.css'

const roles: readonly Role[] = ['agent', 'supervisor', 'compliance', 'admin']
const list = (value: FormDataEntryValue | null) =>
  String(value ?? '')
    .split(/[,，\s]+/)
    .filter(Boolean)

/** @param user undefined for a new account */
export function UserForm({ user, onClose }: { user: StaffAccount | undefined; onClose: () => void }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const save = useMutation({
    mutationFn: (form: FormData) => {
      const profile = {
        name: String(form.get('name')),
        role: String(form.get('role')) as Role,
        languages: list(form.get('languages')),
        skills: list(form.get('skills')),
      }
      const password = String(form.get('new-password'))
      if (user === undefined) return admin.addUser({ ...profile, email: String(form.get('email')), password })
      return admin.changeUser(user.id, { ...profile, ...(password === '' ? {} : { password }) })
    },
    async onSuccess() {
      await queries.invalidateQueries({ queryKey: ['users'] })
      onClose()
    },
  })
  const error = (field: string) => problemAt(save.error, field)

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    save.mutate(new FormData(event.currentTarget))
  }

  return (
    <Modal open title={user === undefined ? t('admin.users.add') : user.name} onClose={onClose}>
      <form className={table['form']} onSubmit={submit} autoComplete="off">
        {save.isError && <ProblemNotice problem={save.error} />}
        <Field label={t('admin.users.name')} error={error('name')}>
          <input name="name" required maxLength={200} defaultValue={user?.name} />
        </Field>
        {user === undefined && (
          <Field label={t('admin.users.email')} error={error('email')}>
            <input name="email" type="email" required autoComplete="off" />
          </Field>
        )}
        <Field label={t('admin.users.role')}>
          <select name="role" defaultValue={user?.role ?? 'agent'}>
            {roles.map((role) => (
              <option key={role} value={role}>
                {t(`account.role.${role}`)}
              </option>
            ))}
          </select>
        </Field>
        <Field label={t('admin.users.languages')} hint={t('admin.users.languagesHint')} error={error('languages')}>
          <input name="languages" defaultValue={user?.languages.join(', ') ?? 'zh, en'} />
        </Field>
        <Field label={t('admin.users.skills')} hint={t('admin.users.skillsHint')} error={error('skills')}>
          <input name="skills" defaultValue={user?.skills.join(', ')} />
        </Field>
        <Field
          label={t('admin.users.password')}
          hint={t(user === undefined ? 'admin.users.passwordHint' : 'admin.users.passwordKeep')}
          error={error('password')}
        >
          <input name="new-password" type="password" autoComplete="new-password" minLength={12} required={user === undefined} />
        </Field>
        <Button look="primary" type="submit" busy={save.isPending}>
          {t('admin.users.save')}
        </Button>
      </form>
    </Modal>
  )
}
