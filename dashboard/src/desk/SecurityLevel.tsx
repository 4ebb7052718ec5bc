import { useTranslation } from 'react-i18next'
import type { Payer } from '../api/caseView'
import { Badge, type Tone } from '../design/Badge'

export function securityTone(level: Payer['securityLevel']): Tone {
  return level === 'high' ? 'good' : level === 'medium' ? 'warn' : 'danger'
}

export function SecurityLevel({ level }: { level: Payer['securityLevel'] }) {
  const { t } = useTranslation()
  return <Badge tone={securityTone(level)}>{t(`terms.security.${level}`)}</Badge>
}
