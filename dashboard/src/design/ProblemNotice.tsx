import { useTranslation } from 'react-i18next'
import { Problem } from '../api/problem'
import { Button } from './Button'
import { Notice } from './Notice'

/** A sentence for a person about anything that a request may throw. */
export function useProblemText(): (cause: unknown) => string {
  const { t } = useTranslation()
  return (cause) => {
    if (!(cause instanceof Problem)) return String(cause)
    if (cause.status === 0) return t('problem.unreachable')
    if (cause.status === 403) return cause.detail ?? t('problem.forbidden')
    if (cause.status === 404) return cause.detail ?? t('problem.missing')
    if (cause.status >= 500) return t('problem.server')
    const fields = cause.errors.map(({ field, message }) => `${field} ${message}`).join('; ')
    return [cause.detail ?? cause.title, fields].filter(Boolean).join(': ')
  }
}

export function ProblemNotice({ problem, onRetry }: { problem: unknown; onRetry?: () => void }) {
  const { t } = useTranslation()
  const text = useProblemText()
  return (
    <Notice tone="danger" urgent title={t('problem.title')} action={onRetry && <Button onClick={onRetry}>{t('retry')}</Button>}>
      {text(problem)}
    </Notice>
  )
}
