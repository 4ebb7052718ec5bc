import { Component, type ErrorInfo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './Button'
import { Notice } from './Notice'

/** A fault of ours, or a page of an older version that is gone from the server: a new start helps in both cases. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true }
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    console.error(error, info.componentStack)
  }

  override render(): ReactNode {
    return this.state.failed ? <Failed /> : this.props.children
  }
}

function Failed() {
  const { t } = useTranslation()
  return (
    <main id="content">
      <Notice tone="danger" urgent title={t('problem.page')} action={<Button onClick={() => window.location.reload()}>{t('problem.reload')}</Button>}>
        {t('problem.pageDetail')}
      </Notice>
    </main>
  )
}
