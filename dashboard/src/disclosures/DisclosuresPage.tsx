import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { disclosures } from '../api/disclosures'
import { EmptyState } from '../design/EmptyState'
import { Loaded } from '../design/Loaded'
import { Page } from '../design/Page'
import { DisclosureCard } from './DisclosureCard'
import { DisclosureForm } from './DisclosureForm'
import styles from './DisclosuresPage.module.css'

export const disclosuresKey = ['disclosures'] as const
const refreshMillis = 10_000

/** @param mayEnter compliance enters; those who are asked to approve only look */
export function DisclosuresPage({ mayEnter }: { mayEnter: boolean }) {
  const { t } = useTranslation()
  const all = useQuery({ queryKey: disclosuresKey, queryFn: disclosures.list, refetchInterval: refreshMillis })
  return (
    <Page title={t('nav.disclosures')} lead={t('disclosures.lead')}>
      {mayEnter && <DisclosureForm />}
      <Loaded query={all} lines={6}>
        {(entered) =>
          entered.length === 0 ? (
            <EmptyState title={t('disclosures.none')} />
          ) : (
            <ul className={styles['list']}>
              {entered.map((disclosure) => (
                <li key={disclosure.caseId}>
                  <DisclosureCard disclosure={disclosure} mayEnter={mayEnter} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Page>
  )
}
