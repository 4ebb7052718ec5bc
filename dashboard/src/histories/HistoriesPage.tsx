import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'wouter'
import { supervision } from '../api/supervision'
import { Button } from '../design/Button'
import { EmptyState } from '../design/EmptyState'
import { ProblemNotice } from '../design/ProblemNotice'
import { Skeleton } from '../design/Skeleton'
import { AuditCheck } from './AuditCheck'
import { ExportMenu } from './ExportMenu'
import { queryOf, readFilter, type Filter } from './filter'
import { FilterForm } from './FilterForm'
import styles from './HistoriesPage.module.css'
import { HistoriesTable } from './HistoriesTable'
import { SavedFilters } from './SavedFilters'

const refreshMillis = 10_000

export function HistoriesPage() {
  const { t } = useTranslation()
  const [address, setAddress] = useSearchParams()
  const filter = readFilter(address)
  const query = queryOf(filter)
  const filtered = Object.keys(filter).length > 0
  const pages = useInfiniteQuery({
    queryKey: ['histories', query.toString()],
    initialPageParam: '',
    queryFn: ({ pageParam }) => supervision.histories(new URLSearchParams([...query, ...(pageParam ? [['cursor', pageParam]] : [])] as [string, string][])),
    getNextPageParam: ({ nextCursor }) => nextCursor,
    // Somebody who reads further down is not to be disturbed by rows that move.
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 1) === 1 ? refreshMillis : false),
  })
  const cases = pages.data?.pages.flatMap((page) => page.cases) ?? []

  function search(next: Filter): void {
    setAddress(new URLSearchParams(Object.entries(next)))
  }

  return (
    <main id="content" className={styles['page']}>
      <header className={styles['head']}>
        <h1>{t('supervision.histories.title')}</h1>
        <AuditCheck />
      </header>
      <FilterForm key={address.toString()} filter={filter} onSearch={search} />
      <SavedFilters filter={filter} onSearch={search} />
      {pages.isError ? (
        <ProblemNotice problem={pages.error} onRetry={() => void pages.refetch()} />
      ) : pages.isPending ? (
        <Skeleton lines={8} />
      ) : cases.length === 0 ? (
        <EmptyState title={t(filtered ? 'supervision.histories.none' : 'supervision.histories.noneYet')}>
          {filtered && (
            <>
              <p>{t('supervision.histories.noneHint')}</p>
              <Button onClick={() => search({})}>{t('supervision.histories.clear')}</Button>
            </>
          )}
        </EmptyState>
      ) : (
        <>
          <div className={styles['count']}>
            <p role="status">
              {pages.hasNextPage ? t('supervision.histories.countMore', { count: cases.length }) : t('supervision.histories.count', { count: cases.length })}
            </p>
            <ExportMenu key={query.toString()} query={query} />
          </div>
          <HistoriesTable cases={cases} />
          {pages.hasNextPage && (
            <div className={styles['more']}>
              <Button busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
                {t('supervision.histories.more')}
              </Button>
            </div>
          )}
        </>
      )}
    </main>
  )
}
