import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Skeleton } from '../design/Skeleton'
import { CaseScreen } from './CaseScreen'
import styles from './DeskPage.module.css'
import { useDesk, useDeskSnapshot } from './DeskProvider'
import { Waiting } from './Waiting'

export function DeskPage() {
  const { t } = useTranslation()
  const { store } = useDesk()
  const { presence } = useDeskSnapshot()
  useEffect(() => store.start(), [store])
  const caseId = presence?.caseId ?? null
  const working = caseId !== null && (presence?.status === 'busy' || presence?.status === 'wrap_up')
  return (
    <main id="content" className={styles['page']}>
      <h1 className="visually-hidden">{t('nav.desk')}</h1>
      {presence === null ? <Skeleton lines={6} /> : working ? <CaseScreen key={caseId} caseId={caseId} /> : <Waiting presence={presence} />}
    </main>
  )
}
