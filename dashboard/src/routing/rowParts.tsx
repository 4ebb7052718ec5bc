import { useTranslation } from 'react-i18next'
import { Badge } from '../design/Badge'
import { Button } from '../design/Button'

/** Whether a queue, a team or a number is in use. */
export function ActiveBadge({ active }: { active: boolean }) {
  const { t } = useTranslation()
  return <Badge tone={active ? 'good' : 'neutral'}>{t(active ? 'routing.active' : 'routing.inactive')}</Badge>
}

/** @param name of what is edited, for those who hear the buttons without their rows */
export function EditButton({ name, onClick }: { name: string; onClick: () => void }) {
  const { t } = useTranslation()
  return (
    <Button aria-label={`${t('routing.edit')}: ${name}`} onClick={onClick}>
      {t('routing.edit')}
    </Button>
  )
}
