import { useTranslation } from 'react-i18next'
import type { PromiseStep } from '../../../domain/promise'
import type { CaseView } from '../api/caseView'
import { clockTime, useFormat } from '../design/useFormat'
import { terms } from '../language/en/terms'
import styles from './PromiseText.module.css'

/** Whether the phone rang in time; of several payments the worst counts. */
export function PromiseText({ view, now }: { view: CaseView; now: number }) {
  const { t } = useTranslation()
  const format = useFormat()
  const broken = view.payments.find(({ breachStep }) => breachStep !== null)
  if (broken !== undefined) {
    const step = broken.breachStep ?? ''
    const text = step in terms.step ? t(`terms.step.${step as PromiseStep}`) : step
    return <span className={styles['broken']}>{t('supervision.case.promiseBroken', { step: text })}</span>
  }
  const waiting = view.payments.find(({ rangAt }) => rangAt === null)
  if (waiting !== undefined) {
    const left = Date.parse(waiting.deadline) - now
    return <span>{left >= 0 ? t('supervision.case.promisePending', { time: clockTime(left) }) : t('supervision.case.promisePast')}</span>
  }
  const slowest = Math.max(...view.payments.map(({ rangAt, paidAt }) => Date.parse(rangAt ?? paidAt) - Date.parse(paidAt)))
  return <span className={styles['kept']}>{t('supervision.case.promiseKept', { time: format.duration(slowest) })}</span>
}
