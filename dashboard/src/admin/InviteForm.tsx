import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Role } from '../../../domain/roles'
import { admin, type InvitedUserView, type NewAccount } from '../api/admin'
import { problemAt } from '../api/problem'
import { Button } from '../design/Button'
import { Field } from '../design/Field'
import { Modal } from '../design/Modal'
import { ProblemNotice } from '../design/ProblemNotice'
import table from '../design/Table.module.css'
import { useFormat } from '../design/useFormat'
import { changesInWords } from '../review/changes'
import { Effects } from '../review/Effects'
import { ReviewDialog } from '../review/ReviewDialog'
import { useReview } from '../review/useReview'
import { listOf } from '../routing/queueDraft'
import { ShownOnce } from './ShownOnce'
import { RoleField } from './RoleField'

/** Somebody new: what they are to be, and then the link by which they choose a password themselves. */
export function InviteForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const [draft, setDraft] = useState({ name: '', email: '', role: 'agent' as Role, languages: 'zh, en' })
  const [invited, setInvited] = useState<InvitedUserView>()
  const review = useReview({
    forecast: admin.forecastInvitation,
    save: (account: NewAccount) => admin.invite(account),
    changes: [['users']],
    onSaved: setInvited,
  })
  const error = (field: string) => problemAt(review.problem, field)

  function submit(event: FormEvent): void {
    event.preventDefault()
    review.ask({ ...draft, languages: listOf(draft.languages) })
  }

  if (invited !== undefined)
    return (
      <Modal open title={invited.user.name} onClose={onClose}>
        <ShownOnce lead={t('admin.users.linkOnce', { until: format.dateTime(invited.expiresAt) })} secret={invited.link} onKept={onClose} />
      </Modal>
    )
  if (review.reviewed !== undefined) {
    const { name, email, role, languages } = review.reviewed.draft
    const words = {
      [t('admin.users.name')]: name,
      [t('admin.users.email')]: email,
      [t('admin.users.role')]: t(`account.role.${role}`),
      [t('admin.users.languages')]: languages.join(', '),
    }
    return (
      <ReviewDialog
        {...review.reviewed.dialog}
        title={t('admin.users.inviteTitle', { name })}
        lead={t('admin.users.inviteLead')}
        changes={changesInWords({}, words)}
        save={t('admin.users.invite')}
      >
        <Effects effects={[t('admin.users.linkUntil', { until: format.dateTime(review.reviewed.effects.expiresAt) }), t('admin.users.notYet')]} />
      </ReviewDialog>
    )
  }
  return (
    <Modal open title={t('admin.users.add')} onClose={onClose}>
      <form className={table['form']} onSubmit={submit} autoComplete="off">
        {review.problem !== null && <ProblemNotice problem={review.problem} />}
        <Field label={t('admin.users.name')} error={error('name')}>
          <input required maxLength={200} value={draft.name} onChange={(event) => setDraft({ ...draft, name: event.target.value })} />
        </Field>
        <Field label={t('admin.users.email')} error={error('email')}>
          <input type="email" required autoComplete="off" value={draft.email} onChange={(event) => setDraft({ ...draft, email: event.target.value.trim() })} />
        </Field>
        <RoleField role={draft.role} onChange={(role) => setDraft({ ...draft, role })} />
        <Field label={t('admin.users.languages')} hint={t('admin.users.languagesHint')} error={error('languages')}>
          <input value={draft.languages} onChange={(event) => setDraft({ ...draft, languages: event.target.value })} />
        </Field>
        <Button look="primary" type="submit" busy={review.asking}>
          {t('review.action')}
        </Button>
      </form>
    </Modal>
  )
}
