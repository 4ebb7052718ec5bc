import { useTranslation } from 'react-i18next'
import { terms } from '../language/en/terms'

type Method = keyof typeof terms.method

/** Payment methods are the risk engine's own words; those we know are translated. */
export function MethodName({ method }: { method: string }) {
  const { t } = useTranslation()
  return <>{method in terms.method ? t(`terms.method.${method as Method}`) : method.replaceAll('_', ' ')}</>
}
