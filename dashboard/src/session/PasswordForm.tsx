import { useRef, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from '../api/problem'
import { session } from '../api/session'
import { Button } from '../design/Button'
import { Field } from '../design/Field'
import { Notice } from '../design/Notice'
import { useProblemText } from '../design/ProblemNotice'
import styles from './SignIn.module.css'
import { useSignedIn } from './useSession'

/**
 * Names, types and `autocomplete` are those a password manager looks for; the form is a real form.
 * @param plain there is a better way on the page, so this one steps back
 */
export function PasswordForm({ plain }: { plain: boolean }) {
  const { t } = useTranslation()
  const tell = useProblemText()
  const signedIn = useSignedIn()
  const [error, setError] = useState<string>()
  const [busy, setBusy] = useState(false)
  const [shown, setShown] = useState(false)
  const passwordField = useRef<HTMLInputElement>(null)

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const email = String(form.get('email')).trim()
    const password = String(form.get('password'))
    if (email === '' || password === '') return setError(t('signIn.missing'))
    setBusy(true)
    setError(undefined)
    try {
      signedIn(await session.signIn(email, password))
    } catch (cause) {
      const status = cause instanceof Problem ? cause.status : undefined
      setError(status === 401 || status === 422 ? t('signIn.wrong') : status === 429 ? t('signIn.tooMany') : tell(cause))
      setBusy(false)
      passwordField.current?.select()
    }
  }

  return (
    <form className={styles['fields']} onSubmit={(event) => void submit(event)} noValidate>
      {error !== undefined && (
        <Notice tone="danger" urgent>
          {error}
        </Notice>
      )}
      <Field label={t('signIn.email')}>
        <input name="email" type="email" autoComplete="username" autoFocus={!plain} required spellCheck={false} />
      </Field>
      <div className={styles['password']}>
        <Field label={t('signIn.password')}>
          <input ref={passwordField} name="password" type={shown ? 'text' : 'password'} autoComplete="current-password" required />
        </Field>
        <Button look="plain" aria-pressed={shown} onClick={() => setShown(!shown)}>
          {shown ? t('signIn.hidePassword') : t('signIn.showPassword')}
        </Button>
      </div>
      <Button look={plain ? 'plain' : 'primary'} large type="submit" busy={busy}>
        {t('signIn.submit')}
      </Button>
    </form>
  )
}
