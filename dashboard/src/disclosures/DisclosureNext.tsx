import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { disclosures, type Disclosure } from '../api/disclosures'
import { Button } from '../design/Button'
import { Field } from '../design/Field'
import { Notice } from '../design/Notice'
import { ProblemNotice } from '../design/ProblemNotice'
import { useFormat } from '../design/useFormat'
import { disclosuresKey } from './DisclosuresPage'
import styles from './DisclosuresPage.module.css'

/** What compliance does next with a request: attach its paper, submit it, hand out the package. */
export function DisclosureNext({ disclosure: { caseId, status, document, package: made } }: { disclosure: Disclosure }) {
  const { t } = useTranslation()
  const format = useFormat()
  const queries = useQueryClient()
  const refresh = () => queries.invalidateQueries({ queryKey: disclosuresKey })
  const attach = useMutation({ mutationFn: async (file: File) => disclosures.attach(caseId, { name: file.name, mediaType: file.type, content: await base64(file) }), onSuccess: refresh })
  const submit = useMutation({ mutationFn: () => disclosures.submit(caseId), onSettled: refresh })
  const link = useMutation({ mutationFn: () => disclosures.makeLink(caseId), onSettled: refresh })
  const problem = attach.error ?? submit.error ?? link.error
  return (
    <>
      {status === 'received' && (
        <div className={styles['next']}>
          <Field label={t(document === null ? 'disclosures.attach' : 'disclosures.replace')}>
            <input type="file" accept="application/pdf,image/png,image/jpeg" onChange={({ target }) => target.files?.[0] && attach.mutate(target.files[0])} />
          </Field>
          <Button look="primary" aria-disabled={document === null} busy={submit.isPending || attach.isPending} onClick={() => document !== null && submit.mutate()}>
            {t('disclosures.submit')}
          </Button>
        </div>
      )}
      {made?.there === true && (
        <div className={styles['next']}>
          <Button busy={link.isPending} onClick={() => link.mutate()}>
            {t('disclosures.makeLink')}
          </Button>
          <span>{t('disclosures.packageUntil', { until: format.dateTime(made.expiresAt) })}</span>
        </div>
      )}
      {link.data !== undefined && (
        <Notice tone="good">
          {t('disclosures.once', { until: format.dateTime(link.data.expiresAt) })} <code className={styles['hash']}>{link.data.url}</code>
        </Notice>
      )}
      {problem !== null && <ProblemNotice problem={problem} />}
    </>
  )
}

async function base64(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  let text = ''
  // In pieces: a call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 8_192) text += String.fromCharCode(...bytes.subarray(at, at + 8_192))
  return btoa(text)
}
