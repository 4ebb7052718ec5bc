import { english } from './en'
import { chinese } from './zh'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation'
    resources: { translation: typeof english }
  }
}

export const languages = ['en', 'zh-CN'] as const
export type Language = (typeof languages)[number]

/** Everything that people read, for the dashboard and for documents. */
export const resources = { en: { translation: english }, 'zh-CN': { translation: chinese } } satisfies Record<Language, unknown>
