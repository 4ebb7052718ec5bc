import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Skeleton } from '../design/Skeleton'
import { CaseScreen } from './CaseScreen'
import { DeskElsewhere } from './DeskElsewhere'
import styles from './DeskPage.module.css'
import { useDesk, useDeskIsHere, useDeskSnapshot } from './DeskProvider'
import { Waiting } from './Waiting'

export function DeskPage() {
  const { t } = useTranslation()
  const { store, place } = useDesk()
  const here = useDeskIsHere()
  const { presence } = useDeskSnapshot()
  useEffect(() => {
    store.start()
    place.start()
  }, [store, place])
  const caseId = presence?.caseId ?? null
  const working = caseId !== null && (presence?.status === 'busy' || presence?.status === 'wrap_up')
  return (
    <main id="content" className={styles['page']}>
      <h1 className="visually-hidden">{t('nav.desk')}</h1>
      {presence === null || here === null ? <Skeleton lines={6} /> : !here ? <DeskElsewhere /> : working ? <CaseScreen key={caseId} caseId={caseId} /> : <Waiting presence={presence} />}
    </main>
  )
}
