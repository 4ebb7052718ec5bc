import { useTranslation } from 'react-i18next'
import { scamTypes, type ScamType } from '../../../domain/money'
import type { Playbook } from '../../../domain/reminder/playbook'

/** A playbook and its parts in words, for what was changed. */
export function usePlaybookText() {
  const { t } = useTranslation()
  return {
    /** Without ids: where an answer leads is told as people see it. */
    shown: ({ questions, scams }: Playbook) => ({
      questions: questions.map(({ ask, answers }) => ({
        ask,
        answers: answers.map(({ say, next, scam }) => {
          const number = questions.findIndex(({ id }) => id === next) + 1
          const leadsTo =
            number > 0
              ? t('playbookEditor.question', { number })
              : scam === 'none'
                ? t('playbookEditor.noScam')
                : scam === undefined
                  ? '–'
                  : t(`terms.scam.${scam}`)
          return { say, leadsTo }
        }),
      })),
      // PostgreSQL keeps no order of keys.
      scams: Object.fromEntries(scamTypes.map((type) => [type, scams[type]])),
    }),
    /** `['questions', '0', 'answers', '1', 'say', 'en']` → Question 1 – Answer 2 – English */
    nameOf([group, place = '', ...rest]: readonly string[]): string {
      const words = rest.flatMap((part, index) => {
        if (part === 'answers' || part === 'say' || part === 'ask') return []
        if (rest[index - 1] === 'answers') return [t('playbookEditor.answer', { number: Number(part) + 1 })]
        if (part === 'en' || part === 'zh') return [t(`playbookEditor.${part}`)]
        if (part === 'how' || part === 'advise') return [t(`reminder.tree.${part}`)]
        return [t('playbookEditor.leadsTo')]
      })
      const first = group === 'questions' ? t('playbookEditor.question', { number: Number(place) + 1 }) : t(`terms.scam.${place as ScamType}`)
      return [first, ...words].join(' – ')
    },
  }
}
