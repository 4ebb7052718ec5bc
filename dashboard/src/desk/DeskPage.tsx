import { Activity, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Skeleton } from '../design/Skeleton'
import { CaseScreen } from './CaseScreen'
import { ChatStrip } from './ChatStrip'
import { DeskElsewhere } from './DeskElsewhere'
import styles from './DeskPage.module.css'
import { useDesk, useDeskIsHere, useDeskSnapshot } from './DeskProvider'
import { Waiting } from './Waiting'

export function DeskPage() {
  const { t } = useTranslation()
  const { store, place } = useDesk()
  const here = useDeskIsHere()
  const { presence, inHand, focus } = useDeskSnapshot()
  useEffect(() => {
    store.start()
    place.start()
  }, [store, place])
  return (
    <main id="content" className={styles['page']}>
      <h1 className="visually-hidden">{t('nav.desk')}</h1>
      {presence === null || here === null ? (
        <Skeleton lines={6} />
      ) : !here ? (
        <DeskElsewhere />
      ) : focus === null ? (
        <Waiting presence={presence} />
      ) : (
        <>
          {presence.chats.length > 0 && <ChatStrip presence={presence} />}
          {/* The others stay as they are, with what was begun in them, until the agent comes back to them. */}
          {inHand.map((caseId) => (
            <Activity key={caseId} mode={caseId === focus ? 'visible' : 'hidden'}>
              <CaseScreen caseId={caseId} />
            </Activity>
          ))}
        </>
      )}
    </main>
  )
}
