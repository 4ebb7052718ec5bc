import { useTranslation } from 'react-i18next'
import type { Money } from '../../../domain/money'
import type { Dispute } from '../api/disputes'
import { Card } from '../design/Card'
import { useFormat } from '../design/useFormat'
import styles from './DisputesPage.module.css'

/** @param whole the amount of a move that names none of its own */
export function MoneyCard({ moves, whole }: { moves: Dispute['moneyActions']; whole: Money }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <Card title={t('disputes.money')}>
      {moves.length === 0 ? (
        <p className={styles['soft']}>{t('disputes.noMoney')}</p>
      ) : (
        <ul className={styles['list']}>
          {moves.map(({ key, kind, status, amount, requestedAt }) => (
            <li key={key}>
              {t(`terms.fundsAction.${kind}`)}
              {kind === 'hold_payee' && status === 'refused' ? ` · ${t('disputes.moneyStatus.nothing_left')}` : ` ${format.money(amount ?? whole)} · ${t(`disputes.moneyStatus.${status}`)}`}
              <div className={styles['soft']}>{format.dateTime(requestedAt)}</div>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

/** What the payer was told, unasked. */
export function ToldCard({ messages }: { messages: Dispute['messages'] }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <Card title={t('disputes.told')}>
      <ul className={styles['list']}>
        {messages.map(({ step, at, text }) => (
          <li key={step}>
            {text}
            <div className={styles['soft']}>{format.dateTime(at)}</div>
          </li>
        ))}
      </ul>
    </Card>
  )
}
