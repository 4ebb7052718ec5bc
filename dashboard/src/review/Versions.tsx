import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Loaded } from '../design/Loaded'
import { valueInWords } from './changes'
import { VersionList, type KeptVersion } from './VersionList'
import styles from './Versions.module.css'

interface VersionsProps<Body extends object> {
  queryKey: readonly string[]
  load: () => Promise<KeptVersion<Body>[]>
  /** A setting's name in words. */
  nameOf?: (path: readonly string[]) => string
  /** What is compared; the body itself when it is left out. */
  shown?: (body: Body) => object
  /** What the first version changed. */
  original?: Body
  /** Takes an earlier version as what is to be put in force next. */
  onUse?: (body: Body, version: number) => void
}

/** Who changed it, when, and from what to what; the newest first. Read when it is opened. */
export function Versions<Body extends object>({ queryKey, load, nameOf = (path) => path.join(' '), ...rest }: VersionsProps<Body>) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const versions = useQuery({ queryKey: ['versions', ...queryKey], queryFn: load, enabled: open, gcTime: 0 })
  return (
    <details className={styles['versions']} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('review.versions')}</summary>
      {open && (
        <Loaded query={versions} lines={3}>
          {(all) => <VersionList versions={all} inWords={({ path, from, to }) => ({ name: nameOf(path), from: valueInWords(t, from), to: valueInWords(t, to) })} {...rest} />}
        </Loaded>
      )}
    </details>
  )
}
