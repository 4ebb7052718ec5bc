import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { builtInScripts } from '../../../domain/script/builtIn'
import { placeholders } from '../../../domain/script/placeholders'
import { Problem } from '../api/problem'
import { rules, type ScriptDocument, type ScriptSubject, type VersionedScriptView } from '../api/rules'
import { Button } from '../design/Button'
import { Card } from '../design/Card'
import foot from '../design/Foot.module.css'
import { Loaded } from '../design/Loaded'
import { Notice } from '../design/Notice'
import { ProblemNotice } from '../design/ProblemNotice'
import { useFormat } from '../design/useFormat'
import { changesOf } from '../review/changes'
import { ReviewDialog } from '../review/ReviewDialog'
import { Versions } from '../review/Versions'
import { ScriptPreview } from './ScriptPreview'
import { ScriptTextField } from './ScriptTextField'
import styles from './Rules.module.css'
import { inOrderOf, textsOf, withText } from './texts'
import { useTextName } from './useTextName'

interface ScriptEditorProps {
  subject: ScriptSubject
  mayChange: boolean
  onClose: () => void
}

export function ScriptEditor({ subject, mayChange, onClose }: ScriptEditorProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const script = useQuery({ queryKey: ['scripts', subject.kind, subject.language], queryFn: () => rules.script(subject), refetchOnWindowFocus: false })
  return (
    <>
      <header className={styles['head']}>
        <Button onClick={onClose}>← {t('rules.scripts.back')}</Button>
        <h2>
          {t(`routing.queues.kind.${subject.kind}`)} · {format.language(subject.language)}
        </h2>
      </header>
      <Loaded query={script} lines={8}>
        {(read) => <ScriptForm key={read.version} script={read} mayChange={mayChange} />}
      </Loaded>
    </>
  )
}

const groups = ['speech', 'guidance', 'announcements'] as const

function ScriptForm({ script, mayChange }: { script: VersionedScriptView; mayChange: boolean }) {
  const { t } = useTranslation()
  const nameOf = useTextName()
  const queries = useQueryClient()
  const inForce = inOrderOf<ScriptDocument>(builtInScripts.en, script.document)
  const [draft, setDraft] = useState(inForce)
  const preview = useMutation({ mutationFn: () => rules.previewScript(script, draft) })
  const save = useMutation({
    mutationFn: () => rules.saveScript(script, draft),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['scripts'] }),
  })
  const own = script.version > 0 || script.inForce === `${script.kind}/${script.language}@0`
  const changes = changesOf(inForce, draft)
  const errors = preview.error instanceof Problem ? preview.error.errors : []
  const changed = new Set(changes.map(({ path }) => path.join('.')))
  return (
    <>
      <Notice>
        {own
          ? t('rules.scripts.placeholders', { all: placeholders.map((name) => `{${name}}`).join(' ') })
          : t('rules.scripts.standIn', { script: script.inForce })}
      </Notice>
      {groups.map((group) => (
        <Card key={group} title={nameOf([group])}>
          <p className={styles['lead']}>{t(`rules.scripts.about.${group}`)}</p>
          <div className={styles['texts']}>
            {textsOf(draft[group], [group]).map(({ path, text }) => (
              <ScriptTextField
                key={path.join('.')}
                label={nameOf(path)}
                language={script.language}
                text={text}
                readOnly={!mayChange}
                changed={changed.has(path.join('.'))}
                // One text of a list may be at fault.
                error={
                  errors
                    .filter(({ field }) => `${field}.`.startsWith(`${path.join('.')}.`))
                    .map(({ message }) => message)
                    .join('; ') || undefined
                }
                onChange={(next) => setDraft(withText(draft, path, next))}
              />
            ))}
          </div>
        </Card>
      ))}
      {preview.isError && <ProblemNotice problem={preview.error} />}
      {mayChange && (
        <div className={foot['foot']}>
          <span role="status">{t('admin.policy.changes', { count: changes.length })}</span>
          <Button disabled={changes.length === 0} onClick={() => setDraft(inForce)}>
            {t('admin.policy.reset')}
          </Button>
          <Button look="primary" busy={preview.isPending} disabled={own && changes.length === 0} onClick={() => preview.mutate()}>
            {t('review.action')}
          </Button>
        </div>
      )}
      {preview.data !== undefined && (
        <ReviewDialog
          title={t('rules.scripts.reviewTitle')}
          lead={t('rules.scripts.reviewLead')}
          changes={changes.map(({ path, from, to }) => ({
            name: nameOf(path),
            from: from === undefined ? undefined : String(from),
            to: to === undefined ? undefined : String(to),
          }))}
          save={t('admin.policy.save')}
          busy={save.isPending}
          problem={save.error}
          onCancel={() => preview.reset()}
          onSave={() => save.mutate()}
        >
          <ScriptPreview preview={preview.data} />
        </ReviewDialog>
      )}
      <Versions
        queryKey={['script', script.kind, script.language, String(script.version)]}
        load={() => rules.scriptVersions(script)}
        nameOf={nameOf}
        original={script.kind === 'callback' && script.language in builtInScripts ? builtInScripts[script.language as keyof typeof builtInScripts] : undefined}
        {...(mayChange ? { onUse: (body: ScriptDocument) => setDraft(inOrderOf<ScriptDocument>(builtInScripts.en, body)) } : {})}
      />
    </>
  )
}
