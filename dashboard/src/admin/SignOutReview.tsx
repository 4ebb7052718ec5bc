import { useTranslation } from 'react-i18next'
import { admin, type StaffAccount } from '../api/admin'
import { Effects } from '../review/Effects'
import { ForecastDialog } from '../review/ForecastDialog'
import { useUserText } from './useUserText'

/** What signing somebody out everywhere ends, before it does. */
export function SignOutReview({ user, onClose }: { user: StaffAccount; onClose: () => void }) {
  const { t } = useTranslation()
  const text = useUserText()
  return (
    <ForecastDialog
      title={t('admin.users.signOutTitle', { name: user.name })}
      lead={t('admin.users.signOutLead')}
      changes={(effects) => [{ name: t('admin.users.sessions'), from: String(effects?.sessionsEnd ?? user.sessions), to: '0' }]}
      save={t('admin.users.signOut')}
      forecastKey={['sign-out', user.id]}
      forecast={() => admin.forecastSignOut(user.id)}
      act={() => admin.signOut(user.id)}
      concerns={['users']}
      onClose={onClose}
    >
      {(effects) => <Effects effects={text.signOut(effects)} />}
    </ForecastDialog>
  )
}
