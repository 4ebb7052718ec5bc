import { useTranslation } from 'react-i18next'
import { scamTypes, verdictKinds, type ScamType } from '../../../domain/money'
import type { Payment, VerdictEffects } from '../api/caseView'
import { Field } from '../design/Field'
import { useFormat } from '../design/useFormat'
import type { Choice } from './useVerdictDraft'
import { MoneyEffect } from './MoneyEffect'
import styles from './VerdictForm.module.css'

interface VerdictChoiceProps {
  payment: Payment
  number: number
  count: number
  effects: VerdictEffects
  choice: Choice
  current: boolean
  onPoint: () => void
  onChoose: (part: Choice) => void
}

export function VerdictChoice({ payment, number, count, effects, choice, current, onPoint, onChoose }: VerdictChoiceProps) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <fieldset className={styles['payment']} data-payment={payment.paymentId} data-current={current}>
      <legend className={styles['legend']}>
        {count > 1 && <span className={styles['number']}>{t('desk.verdict.paymentOf', { number, count })} · </span>}
        <strong>{format.money(payment.amount)}</strong> · {payment.payee.name}
      </legend>
      <div className={styles['options']}>
        {verdictKinds.map((verdict, index) => (
          <label key={verdict} className={styles['option']} data-chosen={choice.verdict === verdict}>
            <input
              type="radio"
              name={`verdict-${payment.paymentId}`}
              value={verdict}
              checked={choice.verdict === verdict}
              onFocus={onPoint}
              onChange={() => onChoose({ verdict })}
            />
            <span>{t(`terms.verdict.${verdict}`)}</span>
            {current && <kbd aria-hidden>{index + 1}</kbd>}
          </label>
        ))}
      </div>
      {choice.verdict === 'scam' && (
        <Field label={t('desk.verdict.scamType')}>
          <select value={choice.scamType ?? ''} onChange={(event) => onChoose({ scamType: event.target.value as ScamType })}>
            <option value="" disabled>
              {t('desk.verdict.chooseScam')}
            </option>
            {scamTypes.map((type) => (
              <option key={type} value={type}>
                {t(`terms.scam.${type}`)}
              </option>
            ))}
          </select>
        </Field>
      )}
      {choice.verdict !== undefined && (
        <>
          <MoneyEffect effect={effects[choice.verdict]} payee={payment.payee.name} />
          <Field label={t('desk.verdict.notes')}>
            <input maxLength={4_000} value={choice.notes ?? ''} onChange={(event) => onChoose({ notes: event.target.value })} />
          </Field>
        </>
      )}
    </fieldset>
  )
}
