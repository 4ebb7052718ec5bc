import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { Notice } from '../design/Notice'
import { useFormat } from '../design/useFormat'
import { useDialling } from './useDialling'

/** Nobody should wonder why no phone rings. */
export function DiallingBanner() {
  const { t } = useTranslation()
  const format = useFormat()
  const { data } = useDialling()
  if (!data?.paused) return null
  return (
    <Notice tone="danger" urgent title={t('dialling.pausedTitle')} action={<Link href="/dialling">{t('dialling.open')}</Link>}>
      {data.reason} {data.changedAt !== null && `· ${data.changedBy ?? ''} · ${format.dateTime(data.changedAt)}`}
    </Notice>
  )
}
