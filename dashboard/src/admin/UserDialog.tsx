import { useState } from 'react'
import { admin, type AccountSettings, type StaffAccount } from '../api/admin'
import { Modal } from '../design/Modal'
import { useReview } from '../review/useReview'
import { Versions } from '../review/Versions'
import { SignOutReview } from './SignOutReview'
import { UserAccess } from './UserAccess'
import { UserForm } from './UserForm'
import { UserReview } from './UserReview'
import { useUserText } from './useUserText'

/** An account: what it is, how its owner gets in, and what it was before. */
export function UserDialog({ user, onClose }: { user: StaffAccount; onClose: () => void }) {
  const text = useUserText()
  const [draft, setDraft] = useState<AccountSettings>({ name: user.name, role: user.role, active: user.active })
  const [signingOut, setSigningOut] = useState(false)
  const review = useReview({
    forecast: (settings: AccountSettings) => admin.forecastUser(user, settings),
    save: (settings) => admin.changeUser(user, settings),
    changes: [['users']],
    onSaved: onClose,
  })
  if (review.reviewed !== undefined)
    return <UserReview {...review.reviewed.dialog} before={user} after={review.reviewed.draft} effects={review.reviewed.effects} />
  if (signingOut) return <SignOutReview user={user} onClose={() => setSigningOut(false)} />
  return (
    <Modal open title={user.name} onClose={onClose}>
      <UserForm
        draft={draft}
        mayBeLetIn={user.waysIn.length > 0}
        problem={review.problem}
        busy={review.asking}
        onChange={setDraft}
        onReview={() => review.ask(draft)}
      />
      <UserAccess user={user} onSignOut={() => setSigningOut(true)} />
      <Versions queryKey={['user', user.id]} load={() => admin.versions('user', user.id)} nameOf={text.nameOf} />
    </Modal>
  )
}
