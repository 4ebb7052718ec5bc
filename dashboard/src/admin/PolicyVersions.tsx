import { useTranslation } from 'react-i18next'
import type { PolicyVersion } from '../api/admin'
import { Card } from '../design/Card'
import { useFormat } from '../design/useFormat'
import { changesOf } from '../review/changes'
import { PolicyChanges } from './PolicyChanges'
import styles from './PolicyTab.module.css'

/** @param versions newest first */
export function PolicyVersions({ versions }: { versions: readonly PolicyVersion[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <Card title={t('admin.policy.versions')}>
      {versions.map((version, index) => {
        const before = versions[index + 1]
        const changes = before === undefined ? [] : changesOf(before.body, version.body)
        return (
          <details key={version.version} className={styles['version']}>
            <summary>
              {t('supervision.case.version', { version: version.version })} · {format.dateTime(version.createdAt)} · {version.createdBy} ·{' '}
              {before === undefined ? t('admin.policy.first') : t('admin.policy.changes', { count: changes.length })}
            </summary>
            {changes.length > 0 && <PolicyChanges changes={changes} />}
          </details>
        )
      })}
    </Card>
  )
}
