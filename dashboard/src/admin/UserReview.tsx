import { useTranslation } from 'react-i18next'
import type { AccountSettings, UserForecastView } from '../api/admin'
import { changesInWords } from '../review/changes'
import { Effects, useReachText } from '../review/Effects'
import { ReviewDialog } from '../review/ReviewDialog'
import { useUserText } from './useUserText'

interface UserReviewProps {
  before: AccountSettings
  after: AccountSettings
  effects: UserForecastView
  busy: boolean
  problem: unknown
  onCancel: () => void
  onSave: () => void
}

/** What a change of an account will do to its owner and to the cases that wait. */
export function UserReview({ before, after, effects, ...dialog }: UserReviewProps) {
  const { t } = useTranslation()
  const text = useUserText()
  const reach = useReachText()
  return (
    <ReviewDialog
      {...dialog}
      title={t('admin.users.reviewTitle', { name: before.name })}
      lead={t('admin.users.reviewLead')}
      changes={changesInWords(text.all(before), text.all(after))}
      warning={reach.warning(effects.queues)}
    >
      <Effects effects={[...text.signOut(effects), ...reach.effects(effects.queues)]} />
    </ReviewDialog>
  )
}
