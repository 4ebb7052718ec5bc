import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'wouter'
import { transferHelp } from '../api/transferHelp'
import { Loaded } from '../design/Loaded'
import styles from '../disputes/DisputesPage.module.css'
import { HelpParts } from './HelpParts'

const followMillis = 3_000

/** One transfer that went wrong, on a page of its own. */
export function HelpCasePage() {
  const { t } = useTranslation()
  const { caseId } = useParams<{ caseId: string }>()
  return (
    <main id="content" className={styles['page']}>
      <Link href="/transfer-help">← {t('transferHelp.page')}</Link>
      <HelpCase caseId={caseId} />
    </main>
  )
}

/** The same on the desk, for an agent who has the payee on the line. */
export function HelpCase({ caseId }: { caseId: string }) {
  const help = useQuery({
    queryKey: ['transfer-help', caseId],
    queryFn: () => transferHelp.read(caseId),
    refetchInterval: ({ state }) => (state.data?.status === 'closed' ? false : followMillis),
  })
  return (
    <Loaded query={help} lines={8}>
      {(loaded) => <HelpParts help={loaded} />}
    </Loaded>
  )
}
