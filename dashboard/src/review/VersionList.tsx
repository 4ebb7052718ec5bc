import { useTranslation } from 'react-i18next'
import { Button } from '../design/Button'
import { useFormat } from '../design/useFormat'
import { Changes, type Change } from './Changes'
import { changesOf, type LeafChange } from './changes'
import styles from './Versions.module.css'

/** What was in force from a moment on. */
export interface KeptVersion<Body extends object> {
  version: number
  body: Body
  createdBy: string
  createdByName: string | null
  createdAt: string
}

interface VersionListProps<Body extends object> {
  /** The newest first. */
  versions: readonly KeptVersion<Body>[]
  /** What is compared; the body itself when it is left out. */
  shown?: ((body: Body) => object) | undefined
  /** A change in words. */
  inWords: (change: LeafChange) => Change
  /** What the first version changed. */
  original?: Body
  /** Takes an earlier version as what is to be put in force next. */
  onUse?: (body: Body, version: number) => void
}

/** Who changed it, when, and from what to what. */
export function VersionList<Body extends object>({ versions, shown = (body) => body, inWords, original, onUse }: VersionListProps<Body>) {
  const { t } = useTranslation()
  const format = useFormat()
  const comparable = (body: Body | undefined) => (body === undefined ? {} : shown(body))
  if (versions.length === 0) return <p className={styles['none']}>{t('review.nothing')}</p>
  return (
    <ol className={styles['list']} reversed>
      {versions.map((one, index) => (
        <li key={one.version}>
          <div className={styles['head']}>
            <strong>{t('review.byWhom', { version: one.version, when: format.dateTime(one.createdAt), who: one.createdByName ?? one.createdBy })}</strong>
            {onUse !== undefined && index > 0 && <Button onClick={() => onUse(one.body, one.version)}>{t('review.useAgain', { version: one.version })}</Button>}
          </div>
          <Changes changes={changesOf(comparable(versions[index + 1]?.body ?? original), shown(one.body)).map(inWords)} />
        </li>
      ))}
    </ol>
  )
}
