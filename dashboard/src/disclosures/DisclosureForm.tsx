import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { disclosedFields, legalBases, type LegalBasis } from '../../../domain/disclosure/disclosure'
import { disclosures } from '../api/disclosures'
import { Button } from '../design/Button'
import { Card } from '../design/Card'
import { Field } from '../design/Field'
import { ProblemNotice } from '../design/ProblemNotice'
import { disclosuresKey } from './DisclosuresPage'
import styles from './DisclosuresPage.module.css'

const moment = (value: FormDataEntryValue | null) => (value ? new Date(String(value)).toISOString() : null)

/** An authority's request, as it stands on paper. What its legal basis does not cover, the server refuses by name. */
export function DisclosureForm() {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [open, setOpen] = useState(false)
  const enter = useMutation({ mutationFn: disclosures.enter, onSuccess: () => queries.invalidateQueries({ queryKey: disclosuresKey }) })

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    const form = event.currentTarget
    const given = new FormData(form)
    const text = (name: string) => String(given.get(name) ?? '').trim()
    enter.mutate(
      {
        authority: text('authority'),
        officer: text('officer'),
        reference: text('reference'),
        basis: text('basis') as LegalBasis,
        persons: text('persons').split(/[\s,，]+/).filter(Boolean),
        fields: disclosedFields.filter((field) => given.getAll('fields').includes(field)),
        period: { from: moment(given.get('from')) ?? '', until: moment(given.get('until')) ?? '' },
        deadline: moment(given.get('deadline')) ?? '',
        reason: text('reason'),
        informAt: moment(given.get('informAt')),
      },
      {
        onSuccess: () => {
          form.reset()
          setOpen(false)
        },
      },
    )
  }

  if (!open)
    return (
      <div>
        <Button look="primary" onClick={() => setOpen(true)}>
          {t('disclosures.add')}
        </Button>
      </div>
    )
  return (
    <Card title={t('disclosures.add')}>
      <form className={styles['form']} onSubmit={submit}>
        {(['authority', 'officer', 'reference'] as const).map((name) => (
          <Field key={name} label={t(`disclosures.${name}`)}>
            <input name={name} required maxLength={200} autoComplete="off" />
          </Field>
        ))}
        <Field label={t('disclosures.basis')}>
          <select name="basis" required>
            {legalBases.map((basis) => (
              <option key={basis} value={basis}>
                {t(`disclosures.bases.${basis}`)}
              </option>
            ))}
          </select>
        </Field>
        <Field label={t('disclosures.persons')} hint={t('disclosures.personsHint')}>
          <input name="persons" required autoComplete="off" />
        </Field>
        <fieldset className={styles['fields']}>
          <legend>{t('disclosures.fields')}</legend>
          {disclosedFields.map((field) => (
            <label key={field}>
              <input type="checkbox" name="fields" value={field} /> {t(`disclosures.field.${field}`)}
            </label>
          ))}
        </fieldset>
        <Field label={t('disclosures.from')}>
          <input name="from" type="date" required />
        </Field>
        <Field label={t('disclosures.until')}>
          <input name="until" type="date" required />
        </Field>
        <Field label={t('disclosures.deadline')}>
          <input name="deadline" type="datetime-local" required />
        </Field>
        <Field label={t('disclosures.informAt')} hint={t('disclosures.informHint')}>
          <input name="informAt" type="date" />
        </Field>
        <div className={styles['wide']}>
          <Field label={t('disclosures.reason')}>
            <input name="reason" required maxLength={1_000} autoComplete="off" />
          </Field>
        </div>
        {enter.isError && (
          <div className={styles['wide']}>
            <ProblemNotice problem={enter.error} />
          </div>
        )}
        <div className={styles['next']}>
          <Button look="primary" type="submit" busy={enter.isPending}>
            {t('disclosures.enter')}
          </Button>
          <Button onClick={() => setOpen(false)}>{t('cancel')}</Button>
        </div>
      </form>
    </Card>
  )
}
