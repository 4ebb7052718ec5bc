import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ArrangementVersionView } from '../../../api/routing/versions'
import { Button } from '../design/Button'
import { ProblemNotice } from '../design/ProblemNotice'
import { Skeleton } from '../design/Skeleton'
import { useFormat } from '../design/useFormat'
import { changesOf } from './changes'
import { Changes } from './Changes'
import styles from './Versions.module.css'

/** A version as the API has it, whose body somebody knows more about. */
export type Version<Body extends object> = Omit<ArrangementVersionView, 'body'> & { body: Body }

interface VersionsProps<Body extends object> {
  queryKey: readonly string[]
  load: () => Promise<Version<Body>[]>
  /** A setting's name in words. */
  nameOf?: (path: readonly string[]) => string
  /** What the first version changed. */
  original?: Body
  /** Takes an earlier version as what is to be put in force next. */
  onUse?: (body: Body, version: number) => void
}

/** Who changed it, when, and from what to what; the newest first. */
export function Versions<Body extends object>({ queryKey, load, nameOf = (path) => path.join(' '), original, onUse }: VersionsProps<Body>) {
  const { t } = useTranslation()
  const format = useFormat()
  const [open, setOpen] = useState(false)
  const versions = useQuery({ queryKey: ['versions', ...queryKey], queryFn: load, enabled: open, gcTime: 0 })
  return (
    <details className={styles['versions']} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('review.versions')}</summary>
      {versions.isError && <ProblemNotice problem={versions.error} />}
      {open && versions.isPending && <Skeleton />}
      {versions.data?.length === 0 && <p className={styles['none']}>{t('review.nothing')}</p>}
      <ol className={styles['list']} reversed>
        {versions.data?.map((one, index, all) => (
          <li key={one.version}>
            <div className={styles['head']}>
              <strong>{t('review.byWhom', { version: one.version, when: format.dateTime(one.createdAt), who: one.createdByName ?? one.createdBy })}</strong>
              {onUse !== undefined && index > 0 && <Button onClick={() => onUse(one.body, one.version)}>{t('review.useAgain', { version: one.version })}</Button>}
            </div>
            <Changes
              changes={changesOf(all[index + 1]?.body ?? original ?? {}, one.body).map(({ path, from, to }) => ({
                name: nameOf(path),
                from: from === undefined ? undefined : String(from),
                to: to === undefined ? undefined : String(to),
              }))}
            />
          </li>
        ))}
      </ol>
    </details>
  )
}
