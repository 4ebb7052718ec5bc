import { DropdownMenu } from 'radix-ui'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import { ApprovalBadge } from '../approvals/ApprovalBadge'
import menu from '../design/Menu.module.css'
import type { Page } from './pages'
import styles from './PageLinks.module.css'
import { useFitting } from './useFitting'

/** The pages that a person may open, in one line: what has no room is in a menu at its end. */
export function PageLinks({ pages }: { pages: readonly Page[] }) {
  const { t } = useTranslation()
  const [location] = useLocation()
  const { row, count } = useFitting(pages.length)
  const here = (page: Page) => (location === `/${page}` || location.startsWith(`/${page}/`) ? ('page' as const) : undefined)
  const rest = pages.slice(count)
  const inMenu = rest.find(here)
  return (
    <nav className={styles['nav']} aria-label={t('nav.label')}>
      <div className={styles['row']} ref={row}>
        {pages.map((page, index) =>
          index < count ? (
            <Link key={page} className={styles['link']} href={`/${page}`} aria-current={here(page)}>
              {t(`nav.${page}`)}
              {page === 'approvals' && <ApprovalBadge />}
            </Link>
          ) : (
            <span key={page} className={styles['measured']} aria-hidden>
              {t(`nav.${page}`)}
              {page === 'approvals' && <ApprovalBadge />}
            </span>
          ),
        )}
      </div>
      {rest.length > 0 && (
        <DropdownMenu.Root>
          <DropdownMenu.Trigger className={styles['link']} aria-current={inMenu && 'page'}>
            {inMenu ? t(`nav.${inMenu}`) : t('nav.more')} <span aria-hidden>▾</span>
          </DropdownMenu.Trigger>
          <DropdownMenu.Portal>
            <DropdownMenu.Content className={menu['menu']} align="end" sideOffset={6}>
              {rest.map((page) => (
                <DropdownMenu.Item key={page} asChild className={menu['item']}>
                  <Link href={`/${page}`} aria-current={here(page)}>
                    {t(`nav.${page}`)}
                    {page === 'approvals' && <ApprovalBadge />}
                  </Link>
                </DropdownMenu.Item>
              ))}
            </DropdownMenu.Content>
          </DropdownMenu.Portal>
        </DropdownMenu.Root>
      )}
    </nav>
  )
}
