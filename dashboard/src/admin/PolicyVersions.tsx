import { useTranslation } from 'react-i18next'
import type { Policy } from '../../../domain/policy'
import type { PolicyVersion } from '../api/admin'
import { Card } from '../design/Card'
import { VersionList } from '../review/VersionList'
import { usePolicyChange } from './usePolicyChange'

interface PolicyVersionsProps {
  /** The newest first. */
  versions: readonly PolicyVersion[]
  onUse: (body: Policy) => void
}

export function PolicyVersions({ versions, onUse }: PolicyVersionsProps) {
  const { t } = useTranslation()
  const change = usePolicyChange()
  // Of the first version nothing is told but that it was the first: all of it would be a change.
  return (
    <Card title={t('admin.policy.versions')}>
      <VersionList versions={versions} original={versions.at(-1)!.body} inWords={change} onUse={onUse} />
    </Card>
  )
}
