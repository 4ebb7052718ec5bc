import { useTranslation } from 'react-i18next'
import { useLeafText } from './leafText'
import type { LeafChange } from './policyLeaves'
import styles from './PolicyTab.module.css'

export function PolicyChanges({ changes }: { changes: readonly LeafChange[] }) {
  const { t } = useTranslation()
  const text = useLeafText()
  return (
    <table className={styles['changes']}>
      <thead>
        <tr>
          <th scope="col">{t('admin.policy.name')}</th>
          <th scope="col">{t('admin.policy.from')}</th>
          <th scope="col">{t('admin.policy.to')}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <tr key={change.path.join('.')}>
            <th scope="row">{text.full(change.path)}</th>
            <td>
              <del>{text.value(change.from)}</del>
            </td>
            <td>
              <ins>{text.value(change.to)}</ins>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
