import { useTranslation } from 'react-i18next'
import { admin } from '../language/en/admin'
import { terms } from '../language/en/terms'
import type { LeafValue } from '../review/changes'

type Setting = keyof typeof admin.policy.setting

/** Names and values of policy settings in the reader's language; what has no translation is shown as it is. */
export function useLeafText() {
  const { t } = useTranslation()
  const word = (key: string): string => {
    if (key in terms.attemptOutcome) return t(`terms.attemptOutcome.${key as keyof typeof terms.attemptOutcome}`)
    if (key in terms.verdict) return t(`terms.verdict.${key as keyof typeof terms.verdict}`)
    if (key in terms.ending) return t(`terms.ending.${key as keyof typeof terms.ending}`)
    return key in admin.policy.setting ? t(`admin.policy.setting.${key as Setting}`) : key
  }
  return {
    group: (key: string) => (key in admin.policy.setting ? t(`admin.policy.setting.${key as Setting}`) : key),
    /** The name of a setting within its group. */
    name(path: readonly string[]): string {
      // `unsure` is a verdict and an ending; the group says which.
      const [group, ...rest] = path
      const own =
        group === 'defaultActions' && path[1] !== undefined && path[1] in terms.ending
          ? [t(`terms.ending.${path[1] as keyof typeof terms.ending}`)]
          : rest.map(word)
      return own.length > 0 ? own.join(' – ') : word(group ?? '')
    },
    full(path: readonly string[]): string {
      return path.length > 1 ? `${this.group(path[0] ?? '')}: ${this.name(path)}` : this.name(path)
    },
    value(value: LeafValue | undefined): string {
      if (value === undefined) return '–'
      if (typeof value === 'boolean') return t(value ? 'yes' : 'no')
      return typeof value === 'string' && value in terms.fundsAction ? t(`terms.fundsAction.${value as keyof typeof terms.fundsAction}`) : String(value)
    },
  }
}
