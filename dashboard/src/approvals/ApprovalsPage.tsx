import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../design/EmptyState'
import { Loaded } from '../design/Loaded'
import { Page } from '../design/Page'
import { useKeys } from '../design/useKeys'
import { ApprovalCard } from './ApprovalCard'
import styles from './ApprovalsPage.module.css'
import { useClosedApprovals, useOpenApprovals } from './useApprovals'

/** The queue where second persons work: what is asked, who asks, why, how much, until when. */
export function ApprovalsPage() {
  const { t } = useTranslation()
  const open = useOpenApprovals()
  const closed = useClosedApprovals()
  const list = useRef<HTMLUListElement>(null)

  function move(step: number): void {
    const items = [...(list.current?.querySelectorAll<HTMLElement>(':scope > li') ?? [])]
    const at = items.findIndex((item) => item.contains(document.activeElement))
    items[Math.max(0, Math.min(items.length - 1, at + step))]?.focus()
  }
  useKeys({ j: () => move(1), k: () => move(-1) })

  return (
    <Page title={t('nav.approvals')} lead={t('approvals.lead')}>
      <Loaded query={open} lines={6}>
        {(waiting) =>
          waiting.length === 0 ? (
            <EmptyState title={t('approvals.none')}>
              <p>{t('approvals.noneHint')}</p>
            </EmptyState>
          ) : (
            <ul className={styles['list']} ref={list}>
              {waiting.map((approval) => (
                <li key={approval.approvalId} tabIndex={-1}>
                  <ApprovalCard approval={approval} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      {closed.data !== undefined && closed.data.length > 0 && (
        <section className={styles['closed']}>
          <h2>{t('approvals.closed')}</h2>
          <ul className={styles['list']}>
            {closed.data.map((approval) => (
              <li key={approval.approvalId}>
                <ApprovalCard approval={approval} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </Page>
  )
}
