import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { shortestPassword } from '../../../domain/password'
import { problemAt } from '../api/problem'
import { session, type User } from '../api/session'
import { Button } from '../design/Button'
import { Field } from '../design/Field'
import { ProblemNotice } from '../design/ProblemNotice'
import styles from './SignIn.module.css'

/** A password typed twice; names and `autocomplete` are those a password manager looks for. */
export function ChoosePassword({ link, email, onChosen }: { link: string; email: string; onChosen: (user: User) => void }) {
  const { t } = useTranslation()
  const [differs, setDiffers] = useState(false)
  const choose = useMutation({ mutationFn: (password: string) => session.choosePassword(link, password), onSuccess: onChosen })

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const password = String(form.get('new-password'))
    const same = password === form.get('repeated')
    setDiffers(!same)
    if (same) choose.mutate(password)
  }

  const fault = problemAt(choose.error, 'password')
  return (
    <form className={styles['fields']} onSubmit={submit}>
      {choose.isError && fault === undefined && <ProblemNotice problem={choose.error} />}
      <input type="hidden" name="email" autoComplete="username" value={email} readOnly />
      <Field label={t('welcome.password')} hint={t('welcome.hint', { count: shortestPassword })} error={fault}>
        <input name="new-password" type="password" autoComplete="new-password" minLength={shortestPassword} required autoFocus />
      </Field>
      <Field label={t('welcome.again2')} error={differs ? t('welcome.differs') : undefined}>
        <input name="repeated" type="password" autoComplete="new-password" required />
      </Field>
      <Button look="primary" large type="submit" busy={choose.isPending}>
        {t('welcome.submit')}
      </Button>
    </form>
  )
}
