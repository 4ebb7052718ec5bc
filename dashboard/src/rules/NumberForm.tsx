import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Queue } from '../api/routing'
import type { CallerNumber } from '../api/rules'
import { Button } from '../design/Button'
import { Field } from '../design/Field'
import { Modal } from '../design/Modal'
import table from '../design/Table.module.css'
import { listOf } from '../routing/queueDraft'

interface NumberFormProps {
  /** Undefined for a new one. */
  number: CallerNumber | undefined
  queues: readonly Queue[]
  onClose: () => void
  /** What it is to be; undefined: off the list. */
  onReview: (number: CallerNumber | undefined) => void
}

export function NumberForm({ number, queues, onClose, onReview }: NumberFormProps) {
  const { t } = useTranslation()

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    onReview({
      // People write numbers with spaces and dashes; the server wants E.164.
      phone: String(form.get('phone')).replaceAll(/[\s()-]/g, ''),
      countries: listOf(String(form.get('countries'))).map((code) => code.toUpperCase()),
      queues: queues.length === 0 ? (number?.queues ?? []) : form.getAll('queue').map(String),
      active: form.get('active') === 'on',
      validated: form.get('validated') === 'on',
      attestation: String(form.get('attestation')).trim(),
    })
  }

  return (
    <Modal open title={t(number === undefined ? 'rules.numbers.add' : 'rules.numbers.change')} onClose={onClose}>
      <form className={table['form']} onSubmit={submit} autoComplete="off">
        <Field label={t('rules.numbers.phone')}>
          <input name="phone" type="tel" required maxLength={32} placeholder="+86…" defaultValue={number?.phone} />
        </Field>
        <Field label={t('rules.numbers.countries')} hint={t('rules.numbers.countriesHint')}>
          <input name="countries" defaultValue={number?.countries.join(', ')} />
        </Field>
        {queues.length > 0 && (
          <fieldset className={table['form']}>
            <legend>{t('rules.numbers.queues')}</legend>
            <p>{t('rules.numbers.queuesHint')}</p>
            {queues.map((queue) => (
              <label key={queue.id} className={table['check']}>
                <input type="checkbox" name="queue" value={queue.id} defaultChecked={number?.queues.includes(queue.id) ?? false} />
                {queue.settings.name}
              </label>
            ))}
          </fieldset>
        )}
        <label className={table['check']}>
          <input type="checkbox" name="active" defaultChecked={number?.active ?? true} />
          {t('rules.numbers.isActive')}
        </label>
        <label className={table['check']}>
          <input type="checkbox" name="validated" defaultChecked={number?.validated ?? false} />
          {t('rules.numbers.isValidated')}
        </label>
        <Field label={t('rules.numbers.attestation')} hint={t('rules.numbers.attestationHint')}>
          <input name="attestation" maxLength={300} defaultValue={number?.attestation} />
        </Field>
        <div className={table['actions']}>
          <Button look="primary" type="submit">
            {t('review.action')}
          </Button>
          {number !== undefined && (
            <Button look="danger" onClick={() => onReview(undefined)}>
              {t('rules.numbers.remove')}
            </Button>
          )}
        </div>
      </form>
    </Modal>
  )
}
