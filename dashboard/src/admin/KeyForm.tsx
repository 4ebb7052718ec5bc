import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { scopes as keyScopes, type Scope } from '../../../domain/scopes'
import { admin, type NewApiKey } from '../api/admin'
import { problemAt } from '../api/problem'
import { Button } from '../design/Button'
import { Field } from '../design/Field'
import { Modal } from '../design/Modal'
import { ProblemNotice } from '../design/ProblemNotice'
import table from '../design/Table.module.css'
import { changesInWords } from '../review/changes'
import { Effects } from '../review/Effects'
import { ReviewDialog } from '../review/ReviewDialog'
import { useReview } from '../review/useReview'
import { ShownOnce } from './ShownOnce'
import { useKeyText } from './useKeyText'

/** A new key: what it may do, what that means, and then the key, once. */
export function KeyForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const text = useKeyText()
  const [draft, setDraft] = useState<NewApiKey>({ name: '', scopes: ['risk-engine'] })
  const [day, setDay] = useState('')
  const [made, setMade] = useState<string>()
  const review = useReview({ forecast: admin.forecastKey, save: admin.addKey, changes: [['keys']], onSaved: ({ key }) => setMade(key) })
  const toggled = (scope: Scope) => (draft.scopes.includes(scope) ? draft.scopes.filter((one) => one !== scope) : [...draft.scopes, scope])

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    review.ask({ ...draft, ...(day === '' ? {} : { expiresAt: new Date(`${day}T00:00:00`).toISOString() }) })
  }

  if (made !== undefined)
    return (
      <Modal open title={t('admin.keys.add')} onClose={onClose}>
        <ShownOnce lead={t('admin.keys.once')} secret={made} onKept={onClose} />
      </Modal>
    )
  if (review.reviewed !== undefined) {
    const { draft: key, effects, dialog } = review.reviewed
    return (
      <ReviewDialog
        {...dialog}
        title={t('admin.keys.makeTitle')}
        lead={t('admin.keys.makeLead')}
        changes={changesInWords({}, text.all({ ...key, expiresAt: key.expiresAt ?? null }))}
        save={t('admin.keys.make')}
      >
        <Effects effects={text.others(effects.others)} />
      </ReviewDialog>
    )
  }
  return (
    <Modal open title={t('admin.keys.add')} onClose={onClose}>
      <form className={table['form']} onSubmit={submit}>
        {review.problem !== null && <ProblemNotice problem={review.problem} />}
        <Field label={t('admin.keys.name')} error={problemAt(review.problem, 'name')}>
          <input required maxLength={200} value={draft.name} onChange={(event) => setDraft({ ...draft, name: event.target.value })} />
        </Field>
        <fieldset className={table['form']}>
          <legend>{t('admin.keys.scopes')}</legend>
          {keyScopes.map((scope) => (
            <label key={scope} className={table['check']}>
              <input type="checkbox" checked={draft.scopes.includes(scope)} onChange={() => setDraft({ ...draft, scopes: toggled(scope) })} />
              {text.scope(scope)}
            </label>
          ))}
        </fieldset>
        <Field label={t('admin.keys.expires')} hint={t('admin.keys.expiresHint')} error={problemAt(review.problem, 'expiresAt')}>
          <input type="date" value={day} onChange={(event) => setDay(event.target.value)} />
        </Field>
        <Button look="primary" type="submit" busy={review.asking}>
          {t('review.action')}
        </Button>
      </form>
    </Modal>
  )
}
