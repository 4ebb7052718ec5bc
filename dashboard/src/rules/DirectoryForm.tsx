import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { DirectoryEntry } from '../api/rules'
import { Button } from '../design/Button'
import { Field } from '../design/Field'
import { Modal } from '../design/Modal'
import table from '../design/Table.module.css'

interface DirectoryFormProps {
  /** Undefined for a new one. */
  entry: DirectoryEntry | undefined
  onClose: () => void
  /** What it is to be; undefined: out of the directory. */
  onReview: (entry: DirectoryEntry | undefined) => void
}

export function DirectoryForm({ entry, onClose, onReview }: DirectoryFormProps) {
  const { t } = useTranslation()

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const text = (name: string) => String(form.get(name)).trim()
    const language = text('language')
    onReview({
      id: entry?.id ?? crypto.randomUUID(),
      name: { en: text('nameEn'), zh: text('nameZh') },
      // People write numbers with spaces and dashes; the server wants E.164.
      phone: text('phone').replaceAll(/[\s()-]/g, ''),
      purpose: text('purpose'),
      ...(language === '' ? {} : { language }),
      active: form.get('active') === 'on',
    })
  }

  return (
    <Modal open title={t(entry === undefined ? 'rules.directory.add' : 'rules.directory.change')} onClose={onClose}>
      <form className={table['form']} onSubmit={submit} autoComplete="off">
        <Field label={t('rules.directory.nameEn')}>
          <input name="nameEn" required maxLength={80} defaultValue={entry?.name.en} />
        </Field>
        <Field label={t('rules.directory.nameZh')}>
          <input name="nameZh" required maxLength={80} defaultValue={entry?.name.zh} />
        </Field>
        <Field label={t('rules.directory.phone')}>
          <input name="phone" type="tel" required maxLength={32} placeholder="+86…" defaultValue={entry?.phone} />
        </Field>
        <Field label={t('rules.directory.purpose')} hint={t('rules.directory.purposeHint')}>
          <input name="purpose" required maxLength={200} defaultValue={entry?.purpose} />
        </Field>
        <Field label={t('rules.directory.language')} hint={t('rules.directory.languageHint')}>
          <input name="language" maxLength={20} defaultValue={entry?.language} />
        </Field>
        <label className={table['check']}>
          <input type="checkbox" name="active" defaultChecked={entry?.active ?? true} />
          {t('rules.directory.isActive')}
        </label>
        <div className={table['actions']}>
          <Button look="primary" type="submit">
            {t('review.action')}
          </Button>
          {entry !== undefined && (
            <Button look="danger" onClick={() => onReview(undefined)}>
              {t('rules.directory.remove')}
            </Button>
          )}
        </div>
      </form>
    </Modal>
  )
}
