import { useTranslation } from 'react-i18next'
import type { AccountSettings, SignOutView } from '../api/admin'

/** An account, and what ends with its sessions, in words. */
export function useUserText() {
  const { t } = useTranslation()
  const names = { name: t('admin.users.name'), role: t('admin.users.role'), active: t('admin.users.active') }
  return {
    all: ({ name, role, active }: AccountSettings) => ({
      [names.name]: name,
      [names.role]: t(`account.role.${role}`),
      [names.active]: t(active ? 'yes' : 'no'),
    }),
    nameOf: ([part = '']: readonly string[]) => (part in names ? names[part as keyof typeof names] : part),
    signOut: ({ sessionsEnd, engagedIn }: SignOutView) => [
      ...(sessionsEnd > 0 ? [t('admin.users.sessionsEnd', { count: sessionsEnd })] : []),
      ...(engagedIn === null ? [] : [t('admin.users.engaged', { caseId: engagedIn.caseId })]),
    ],
  }
}
