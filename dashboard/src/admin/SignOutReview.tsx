import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { admin, type StaffAccount } from '../api/admin'
import { Effects } from '../review/Effects'
import { ReviewDialog } from '../review/ReviewDialog'
import { useUserText } from './useUserText'

/** What signing somebody out everywhere ends, before it does. */
export function SignOutReview({ user, onClose }: { user: StaffAccount; onClose: () => void }) {
  const { t } = useTranslation()
  const text = useUserText()
  const queries = useQueryClient()
  const forecast = useQuery({ queryKey: ['users', user.id, 'sign-out'], queryFn: () => admin.forecastSignOut(user.id), gcTime: 0, retry: false })
  const signOut = useMutation({
    mutationFn: () => admin.signOut(user.id),
    async onSuccess() {
      await queries.invalidateQueries({ queryKey: ['users'] })
      onClose()
    },
  })
  return (
    <ReviewDialog
      title={t('admin.users.signOutTitle', { name: user.name })}
      lead={t('admin.users.signOutLead')}
      changes={[{ name: t('admin.users.sessions'), from: String(forecast.data?.sessionsEnd ?? user.sessions), to: '0' }]}
      save={t('admin.users.signOut')}
      busy={forecast.isPending || signOut.isPending}
      problem={signOut.error ?? forecast.error}
      onCancel={onClose}
      onSave={() => signOut.mutate()}
    >
      {forecast.data !== undefined && <Effects effects={text.signOut(forecast.data)} />}
    </ReviewDialog>
  )
}
