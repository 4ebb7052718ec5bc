import { useTranslation } from 'react-i18next'
import type { VerdictEffect } from '../api/caseView'
import styles from './VerdictForm.module.css'

/** Says before the verdict is recorded what the money will do, by this case's policy. */
export function MoneyEffect({ effect, payee }: { effect: VerdictEffect | undefined; payee: string }) {
  const { t } = useTranslation()
  if (effect === undefined) return null
  return (
    <p className={styles['effect']} data-funds={effect.funds}>
      <span aria-hidden>→ </span>
      {t(`desk.verdict.will.${effect.funds}`, { payee })}
      {effect.restrictAccount && ` ${t('desk.verdict.will.restrict')}`}
    </p>
  )
}
