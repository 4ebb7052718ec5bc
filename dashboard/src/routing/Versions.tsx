import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { changesOf } from '../admin/policyLeaves'
import { routing, type ArrangementKind } from '../api/routing'
import { ProblemNotice } from '../design/ProblemNotice'
import { Skeleton } from '../design/Skeleton'
import { useFormat } from '../design/useFormat'
import styles from './Routing.module.css'

/** Who changed it, when, and from what to what; the newest first. */
export function Versions({ kind, subject }: { kind: ArrangementKind; subject: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const [open, setOpen] = useState(false)
  const versions = useQuery({ queryKey: ['versions', kind, subject], queryFn: () => routing.versions(kind, subject), enabled: open, gcTime: 0 })
  return (
    <details className={styles['versions']} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('routing.versions')}</summary>
      {versions.isError && <ProblemNotice problem={versions.error} />}
      {open && versions.isPending && <Skeleton />}
      {versions.data?.length === 0 && <p className={styles['hint']}>{t('routing.nothing')}</p>}
      <ol className={styles['steps']} reversed>
        {versions.data?.map((one, index, all) => (
          <li key={one.version}>
            <strong>{t('routing.byWhom', { version: one.version, when: format.dateTime(one.createdAt), who: one.createdByName ?? one.createdBy })}</strong>
            <ul className={styles['steps']}>
              {changesOf(all[index + 1]?.body ?? {}, one.body).map(({ path, from, to }) => (
                <li key={path.join('.')}>
                  {path.join(' ')}: {String(from ?? '–')} → {String(to ?? '–')}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </details>
  )
}
