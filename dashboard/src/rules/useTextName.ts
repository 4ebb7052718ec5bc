import { useTranslation } from 'react-i18next'
import { rules } from '../language/en/rules'
import { terms } from '../language/en/terms'

type Part = keyof typeof rules.scripts.part

/** What a text of a script is called in the reader's language, from its path. */
export function useTextName() {
  const { t } = useTranslation()
  const word = (key: string) => {
    if (key in terms.security) return t(`terms.security.${key as keyof typeof terms.security}`)
    return key in rules.scripts.part ? t(`rules.scripts.part.${key as Part}`) : key
  }
  return ([group = '', ...path]: readonly string[]) => (path.length === 0 ? word(group) : path.map(word).join(' – '))
}
