import { useTranslation } from 'react-i18next'
import styles from './Changes.module.css'

/** A setting in words; undefined where there was none, or is none any more. */
export interface Change {
  name: string
  from: string | undefined
  to: string | undefined
}

/** What was before and what is from now on, setting by setting. */
export function Changes({ changes }: { changes: readonly Change[] }) {
  const { t } = useTranslation()
  return (
    <table className={styles['changes']}>
      <thead>
        <tr>
          <th scope="col">{t('review.name')}</th>
          <th scope="col">{t('review.before')}</th>
          <th scope="col">{t('review.after')}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ name, from, to }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>
              <del>{from ?? '–'}</del>
            </td>
            <td>
              <ins>{to ?? '–'}</ins>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
