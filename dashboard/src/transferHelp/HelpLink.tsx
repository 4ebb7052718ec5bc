import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import styles from '../disputes/DisputesPage.module.css'

/** To the form that asks for help with a payment that has gone out, filled in from its case. */
export function HelpLink({ caseId, paymentId }: { caseId: string; paymentId: string }) {
  const { t } = useTranslation()
  return (
    <Link className={styles['link']} href={`/transfer-help?${new URLSearchParams({ case: caseId, payment: paymentId })}`}>
      {t('transferHelp.open.title')}
    </Link>
  )
}
