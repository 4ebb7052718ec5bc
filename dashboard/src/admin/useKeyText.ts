import { useTranslation } from 'react-i18next'
import type { Scope } from '../../../domain/scopes'
import type { ApiKey } from '../api/admin'
import { useFormat } from '../design/useFormat'

/** What an API key may do, and when it did so last, in words. */
export function useKeyText() {
  const { t } = useTranslation()
  const format = useFormat()
  const names = { name: t('admin.keys.name'), scopes: t('admin.keys.scopes'), expiresAt: t('admin.keys.expires'), revoked: t('admin.keys.revoked') }
  const scope = (one: Scope) => t(`admin.keys.scope.${one}`)
  const expiry = (expiresAt: string | null) => (expiresAt === null ? t('never') : format.dateTime(expiresAt))
  const scopes = (all: readonly Scope[]) => all.map(scope).join(', ')
  return {
    expiry,
    scopes,
    used: ({ lastUsedAt, lastUsedFrom }: ApiKey) =>
      lastUsedAt === null ? t('never') : t('admin.keys.usedFrom', { when: format.dateTime(lastUsedAt), from: lastUsedFrom }),
    /** Each setting with its name, for what a change is. */
    all: (key: { name: string; scopes: readonly Scope[]; expiresAt: string | null }) => ({
      [names.name]: key.name,
      [names.scopes]: scopes(key.scopes),
      [names.expiresAt]: expiry(key.expiresAt),
    }),
    nameOf: ([part = '']: readonly string[]) => (part in names ? names[part as keyof typeof names] : part),
    /** Who else may do what a key may. */
    others: (others: readonly { scope: Scope; keys: number }[]) => others.map((one) => t('admin.keys.others', { scope: scope(one.scope), count: one.keys })),
    scope,
  }
}
