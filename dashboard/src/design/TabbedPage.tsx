import type { ComponentType } from 'react'
import { Link, useParams } from 'wouter'
import { Page } from './Page'
import styles from './TabbedPage.module.css'

export interface Tab {
  /** The last part of the tab's address. */
  name: string
  label: string
  Content: ComponentType
}

/** Several lists under one heading, each with an address of its own; an unknown address is the first one's. */
export function TabbedPage({ title, path, tabs }: { title: string; path: string; tabs: readonly [Tab, ...Tab[]] }) {
  const { tab } = useParams<{ tab?: string }>()
  const current = tabs.find(({ name }) => name === tab) ?? tabs[0]
  return (
    <Page title={title} width="wide">
      <nav className={styles['tabs']} aria-label={title}>
        {tabs.map(({ name, label }) => (
          <Link key={name} href={`${path}/${name}`} aria-current={name === current.name ? 'page' : undefined}>
            {label}
          </Link>
        ))}
      </nav>
      <current.Content />
    </Page>
  )
}
