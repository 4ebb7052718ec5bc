import { useTranslation } from 'react-i18next'
import type { StaffAccount } from '../api/admin'
import { Badge } from '../design/Badge'

/** Whether somebody may sign in, has been invited to, or is locked out. */
export function UserState({ user: { active, waysIn } }: { user: StaffAccount }) {
  const { t } = useTranslation()
  if (active) return <Badge tone="good">{t('admin.users.active')}</Badge>
  return waysIn.length === 0 ? <Badge tone="warn">{t('admin.users.invited')}</Badge> : <Badge tone="neutral">{t('admin.users.inactive')}</Badge>
}
