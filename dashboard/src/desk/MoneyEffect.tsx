import { useTranslation } from 'react-i18next'
import type { VerdictKind } from '../../../domain/money'
import type { VerdictEffects } from '../api/caseView'
import styles from './VerdictForm.module.css'

/** What the first policy does; used when the server does not tell what this case's policy does. */
const usual: Required<VerdictEffects> = {
  owner_confirmed: { funds: 'release', restrictAccount: false },
  not_owner: { funds: 'freeze', restrictAccount: true },
  scam: { funds: 'freeze', restrictAccount: false },
  unsure: { funds: 'freeze', restrictAccount: false },
}

/** Says before the verdict is recorded what the money will do. */
export function MoneyEffect({ verdict, payee, effects }: { verdict: VerdictKind; payee: string; effects: VerdictEffects | undefined }) {
  const { t } = useTranslation()
  const { funds, restrictAccount } = effects?.[verdict] ?? usual[verdict]
  return (
    <p className={styles['effect']} data-funds={funds}>
      <span aria-hidden>→ </span>
      {t(`desk.verdict.will.${funds}`, { payee })}
      {restrictAccount && ` ${t('desk.verdict.will.restrict')}`}
    </p>
  )
}
