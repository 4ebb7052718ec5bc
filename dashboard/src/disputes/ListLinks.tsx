import { Link } from 'wouter'
import styles from './DisputesPage.module.css'

interface ListLinksProps<List extends string> {
  label: string
  /** Of the page; the list stands in its query as `show`. */
  page: string
  lists: readonly List[]
  shown: List
  nameOf: (list: List) => string
}

/** Which part of a page's cases is shown. */
export function ListLinks<List extends string>({ label, page, lists, shown, nameOf }: ListLinksProps<List>) {
  return (
    <nav className={styles['lists']} aria-label={label}>
      {lists.map((each) => (
        <Link key={each} href={`${page}?show=${each}`} aria-current={each === shown ? 'page' : undefined}>
          {nameOf(each)}
        </Link>
      ))}
    </nav>
  )
}
