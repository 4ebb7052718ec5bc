import { useMutation } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { helpKinds } from '../../../domain/transferHelp/help'
import { problemAt } from '../api/problem'
import { transferHelp } from '../api/transferHelp'
import { Button } from '../design/Button'
import { Field } from '../design/Field'
import { ProblemNotice } from '../design/ProblemNotice'
import { useFormat } from '../design/useFormat'
import styles from '../disputes/DisputesPage.module.css'
import { requestOf, type HelpField, type HelpForm } from './helpForm'

const currencies = Intl.supportedValuesOf('currency')
const languages = ['zh-CN', 'en']
const noHistory = { autoComplete: 'off' } as const

/** All that a case of help needs, asked in one conversation: which transfer, who sent it, who got it, what happened. */
export function HelpRequestForm({ given, onClose }: { given: HelpForm; onClose: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const [, navigate] = useLocation()
  const opening = useMutation({
    mutationFn: (form: FormData) => transferHelp.open(requestOf(form)),
    onSuccess: ({ caseId }) => navigate(`/transfer-help/${caseId}`),
  })
  const field = (name: HelpField, label: string, control: ReactElement<object>, hint?: string) => (
    <Field label={label} hint={hint} error={problemAt(opening.error, name)}>
      {control}
    </Field>
  )
  const language = (name: 'payer.locale' | 'payee.locale') => {
    const known = given[name] ?? 'zh-CN'
    return field(
      name,
      t('transferHelp.open.language'),
      <select name={name} defaultValue={known}>
        {[...new Set([known, ...languages])].map((tag) => (
          <option key={tag} value={tag}>
            {format.language(tag)}
          </option>
        ))}
      </select>,
    )
  }
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault()
        opening.mutate(new FormData(event.currentTarget))
      }}
    >
      <fieldset className={styles['asked']}>
        <legend>{t('transferHelp.open.transfer')}</legend>
        {field('transferId', t('transferHelp.open.transferId'), <input name="transferId" required maxLength={128} autoFocus {...noHistory} defaultValue={given.transferId} />)}
        {field('transferredAt', t('transferHelp.open.at'), <input name="transferredAt" type="datetime-local" step="any" required defaultValue={given.transferredAt} />)}
        {field('amount', t('transferHelp.open.amount'), <input name="amount" type="number" inputMode="decimal" min="0" step="any" required defaultValue={given.amount} />)}
        {field(
          'currency',
          t('transferHelp.open.currency'),
          <select name="currency" defaultValue={given.currency ?? 'CNY'}>
            {currencies.map((code) => (
              <option key={code}>{code}</option>
            ))}
          </select>,
        )}
      </fieldset>
      <fieldset className={styles['asked']}>
        <legend>{t('transferHelp.open.payer')}</legend>
        {field('payer.id', t('transferHelp.open.id'), <input name="payer.id" required maxLength={128} {...noHistory} defaultValue={given['payer.id']} />)}
        {field('payer.name', t('transferHelp.open.name'), <input name="payer.name" required maxLength={200} {...noHistory} defaultValue={given['payer.name']} />)}
        {field('payer.phones', t('transferHelp.open.phones'), <input name="payer.phones" required {...noHistory} defaultValue={given['payer.phones']} />, t('transferHelp.open.phonesHint'))}
        {language('payer.locale')}
      </fieldset>
      <fieldset className={styles['asked']}>
        <legend>{t('transferHelp.open.payee')}</legend>
        {field('payee.id', t('transferHelp.open.id'), <input name="payee.id" required maxLength={128} {...noHistory} defaultValue={given['payee.id']} />)}
        {field('payee.name', t('transferHelp.open.name'), <input name="payee.name" required maxLength={200} {...noHistory} defaultValue={given['payee.name']} />)}
        {field('payee.phone', t('transferHelp.open.phone'), <input name="payee.phone" {...noHistory} />)}
        {language('payee.locale')}
      </fieldset>
      {field(
        'kind',
        t('transferHelp.open.kind'),
        <select name="kind">
          {helpKinds.map((kind) => (
            <option key={kind} value={kind}>
              {t(`transferHelp.kind.${kind}`)}
            </option>
          ))}
        </select>,
      )}
      {field('reason', t('transferHelp.open.reason'), <textarea name="reason" required rows={3} maxLength={4_000} />, t('transferHelp.open.reasonHint'))}
      <div className={styles['buttons']}>
        <Button look="primary" type="submit" busy={opening.isPending}>
          {t('transferHelp.open.submit')}
        </Button>
        <Button onClick={onClose}>{t('cancel')}</Button>
      </div>
      {opening.isError && <ProblemNotice problem={opening.error} />}
    </form>
  )
}
