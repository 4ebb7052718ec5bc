import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Policy } from '../../../domain/policy'
import { admin, type PolicyVersion } from '../api/admin'
import { Problem } from '../api/problem'
import { Button } from '../design/Button'
import { Card } from '../design/Card'
import foot from '../design/Foot.module.css'
import { Loaded } from '../design/Loaded'
import { Notice } from '../design/Notice'
import { ProblemNotice } from '../design/ProblemNotice'
import { useLeafText } from './leafText'
import { changesOf } from '../review/changes'
import { ReviewDialog } from '../review/ReviewDialog'
import { usePolicyChange } from './usePolicyChange'
import { inOrder, leavesOf, withEarlier, withLeaf } from './policyLeaves'
import { PolicySetting } from './PolicySetting'
import styles from './PolicyTab.module.css'
import { PolicyVersions } from './PolicyVersions'

export function PolicyTab() {
  const { t } = useTranslation()
  const policy = useQuery({ queryKey: ['policy'], queryFn: admin.policy })
  return (
    <Loaded query={policy} lines={8}>
      {({ current, versions }) => (
        <>
          <p>{t('admin.policy.lead', { version: current.version })}</p>
          <PolicyForm key={current.version} inForce={current.body} version={current.version} versions={versions} />
        </>
      )}
    </Loaded>
  )
}

function PolicyForm({ inForce, version, versions }: { inForce: Policy; version: number; versions: readonly PolicyVersion[] }) {
  const { t } = useTranslation()
  const text = useLeafText()
  const change = usePolicyChange()
  const queries = useQueryClient()
  const [draft, setDraft] = useState(inForce)
  const [reviewing, setReviewing] = useState(false)
  const save = useMutation({
    mutationFn: () => admin.savePolicy(version, draft),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['policy'] }),
    onSettled: () => setReviewing(false),
  })
  const changes = changesOf(inForce, draft)
  const errors = save.error instanceof Problem ? save.error.errors : []
  const plain = leavesOf(inForce).filter(({ path }) => path.length === 1)
  const groups = inOrder(Object.entries(inForce)).filter(([, value]) => typeof value === 'object')

  const setting = (path: readonly string[]) => {
    const name = path.join('.')
    return (
      <PolicySetting
        key={name}
        label={text.name(path)}
        value={leavesOf(draft).find((leaf) => leaf.path.join('.') === name)?.value ?? ''}
        changed={changes.some((one) => one.path.join('.') === name)}
        error={errors.find(({ field }) => field === name)?.message}
        onChange={(value) => setDraft(withLeaf(draft, path, value))}
      />
    )
  }

  return (
    <>
      <Card title={t('admin.policy.general')}>
        <div className={styles['grid']}>{plain.map(({ path }) => setting(path))}</div>
      </Card>
      {groups.map(([key, value]) => (
        <Card key={key} title={text.group(key)}>
          <div className={styles['grid']}>{leavesOf(value as object, [key]).map(({ path }) => setting(path))}</div>
        </Card>
      ))}
      {save.isError && <ProblemNotice problem={save.error} />}
      {save.isSuccess && <Notice tone="good">{t('admin.policy.saved')}</Notice>}
      <div className={foot['foot']}>
        <span role="status">{t('admin.policy.changes', { count: changes.length })}</span>
        <Button disabled={changes.length === 0} onClick={() => setDraft(inForce)}>
          {t('admin.policy.reset')}
        </Button>
        <Button look="primary" disabled={changes.length === 0} onClick={() => setReviewing(true)}>
          {t('review.action')}
        </Button>
      </div>
      {reviewing && (
        <ReviewDialog
          title={t('admin.policy.reviewTitle')}
          lead={t('admin.policy.reviewLead')}
          changes={changes.map(change)}
          save={t('admin.policy.save')}
          busy={save.isPending}
          problem={null}
          onCancel={() => setReviewing(false)}
          onSave={() => save.mutate()}
        />
      )}
      <PolicyVersions versions={versions} onUse={(body) => setDraft(withEarlier(inForce, body))} />
    </>
  )
}
