import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { disputes, type Dispute } from '../api/disputes'
import { Card } from '../design/Card'
import { Field } from '../design/Field'
import { ProblemNotice } from '../design/ProblemNotice'
import { useFormat } from '../design/useFormat'
import styles from './DisputesPage.module.css'

export function DisputeFiles({ dispute }: { dispute: Dispute }) {
  const { t } = useTranslation()
  const format = useFormat()
  const queries = useQueryClient()
  const attach = useMutation({
    mutationFn: async (file: File) => disputes.attach(dispute.caseId, { name: file.name, mediaType: file.type, content: await base64Of(file) }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['dispute', dispute.caseId] }),
  })
  return (
    <Card title={t('disputes.files')}>
      <div className={styles['form']}>
        {dispute.files.length > 0 && (
          <ul className={styles['list']}>
            {dispute.files.map(({ fileId, name, size, sha256, addedAt }) => (
              <li key={fileId}>
                <a href={disputes.fileAddress(dispute.caseId, fileId)} download>
                  {name}
                </a>{' '}
                · {format.number(Math.ceil(size / 1_024))} KiB · {format.dateTime(addedAt)}
                <div className={styles['soft']}>SHA-256 {sha256}</div>
              </li>
            ))}
          </ul>
        )}
        {dispute.status !== 'closed' && (
          <Field label={t('disputes.attach')} hint={t('disputes.attachHint')}>
            <input
              type="file"
              accept="application/pdf,image/png,image/jpeg,text/plain"
              onChange={(event) => {
                const [file] = event.target.files ?? []
                if (file) attach.mutate(file)
                event.target.value = ''
              }}
            />
          </Field>
        )}
        {attach.isError && <ProblemNotice problem={attach.error} />}
      </div>
    </Card>
  )
}

async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  let text = ''
  for (let at = 0; at < bytes.length; at += 32_768) text += String.fromCharCode(...bytes.subarray(at, at + 32_768))
  return btoa(text)
}
