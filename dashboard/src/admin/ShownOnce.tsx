import { useTranslation } from 'react-i18next'
import { Button } from '../design/Button'
import { Notice } from '../design/Notice'
import table from '../design/Table.module.css'

/** A secret that nobody can look up again: a key, or a link that lets somebody in. */
export function ShownOnce({ lead, secret, onKept }: { lead: string; secret: string; onKept: () => void }) {
  const { t } = useTranslation()
  return (
    <>
      <Notice tone="warn">{lead}</Notice>
      <code className={table['key']}>{secret}</code>
      <Button onClick={() => void navigator.clipboard.writeText(secret)}>{t('admin.keys.copy')}</Button>
      <Button look="primary" onClick={onKept}>
        {t('admin.keys.kept')}
      </Button>
    </>
  )
}
