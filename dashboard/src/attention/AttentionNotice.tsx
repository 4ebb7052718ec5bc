import { useTranslation } from 'react-i18next'
import type { Attention } from '../../../domain/attention'
import { Notice } from '../design/Notice'
import { attentionAdvice } from './attention'

/** Why a person must look at a case now, and what they can do. */
export function AttentionNotice({ attention }: { attention: Attention }) {
  const { t } = useTranslation()
  const { what, todo } = attentionAdvice(t, attention)
  return (
    <Notice tone="danger">
      <strong>{what}</strong> {todo}
    </Notice>
  )
}
