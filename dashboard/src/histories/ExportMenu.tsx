import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { download, type Progress } from '../api/download'
import { supervision } from '../api/supervision'
import { Button } from '../design/Button'
import { ProblemNotice } from '../design/ProblemNotice'
import { useFormat } from '../design/useFormat'
import styles from './ExportMenu.module.css'

/** Everything that a search finds as a file: how far it is, and a way out while it comes. */
export function ExportMenu({ query }: { query: URLSearchParams }) {
  const { t } = useTranslation()
  const format = useFormat()
  const [progress, setProgress] = useState<Progress>()
  const [problem, setProblem] = useState<unknown>()
  const running = useRef<AbortController>(undefined)
  useEffect(() => () => running.current?.abort(), [])

  async function fetchAs(kind: 'csv' | 'json'): Promise<void> {
    const given = new AbortController()
    running.current = given
    setProblem(undefined)
    setProgress({ rows: 0, total: null })
    try {
      const { file, name } = await download(supervision.exportAddress(query, kind), kind, setProgress, given.signal)
      save(file, name)
    } catch (cause) {
      if (!given.signal.aborted) setProblem(cause)
    } finally {
      if (running.current === given) setProgress(undefined)
    }
  }

  return (
    <div className={styles['export']}>
      {progress === undefined ? (
        <>
          <span>{t('supervision.histories.export')}:</span>
          {(['csv', 'json'] as const).map((kind) => (
            <Button key={kind} aria-label={`${t('supervision.histories.export')}: ${t(`supervision.histories.${kind}`)}`} onClick={() => void fetchAs(kind)}>
              {t(`supervision.histories.${kind}`)}
            </Button>
          ))}
        </>
      ) : (
        <>
          <progress aria-label={t('supervision.histories.export')} max={progress.total ?? undefined} value={progress.total === null ? undefined : progress.rows} />
          <span role="status">
            {progress.total === null
              ? t('supervision.histories.exportBegins')
              : t('supervision.histories.exported', { rows: format.number(progress.rows), total: format.number(progress.total) })}
          </span>
          <Button onClick={() => running.current?.abort()}>{t('cancel')}</Button>
        </>
      )}
      {problem !== undefined && <ProblemNotice problem={problem} />}
    </div>
  )
}

function save(file: Blob, name: string): void {
  const address = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The download has its own hold on the file by the next turn.
  setTimeout(() => URL.revokeObjectURL(address), 0)
}
