import { useTranslation } from 'react-i18next'
import { Button } from '../design/Button'
import { useDesk } from './DeskProvider'
import styles from './Waiting.module.css'

/** The desk of a second window: says where the desk is, and brings it here. */
export function DeskElsewhere() {
  const { t } = useTranslation()
  const { place } = useDesk()
  return (
    <div className={styles['waiting']}>
      <section className={styles['card']}>
        <h2 className={styles['title']}>{t('desk.elsewhere.title')}</h2>
        <p>{t('desk.elsewhere.text')}</p>
        <div className={styles['actions']}>
          <Button look="primary" large onClick={() => place.take()}>
            {t('desk.elsewhere.take')}
          </Button>
        </div>
      </section>
    </div>
  )
}
