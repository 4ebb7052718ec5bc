import { useTranslation } from 'react-i18next'
import { Page } from '../design/Page'
import { DoNotCallList } from './DoNotCallList'
import { KillSwitch } from './KillSwitch'

/** @param mayChange compliance may look at it, but not steer */
export function DiallingPage({ mayChange }: { mayChange: boolean }) {
  const { t } = useTranslation()
  return (
    <Page title={t('nav.dialling')}>
      <KillSwitch mayChange={mayChange} />
      <DoNotCallList mayChange={mayChange} />
    </Page>
  )
}
