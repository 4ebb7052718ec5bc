import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { rules, type DirectoryEntry, type DirectoryView } from '../api/rules'
import { Badge } from '../design/Badge'
import { Button } from '../design/Button'
import { DataTable } from '../design/DataTable'
import { Loaded } from '../design/Loaded'
import table from '../design/Table.module.css'
import { useFormat } from '../design/useFormat'
import { changesOf, valueInWords } from '../review/changes'
import { ReviewDialog } from '../review/ReviewDialog'
import { Versions } from '../review/Versions'
import { useSession } from '../session/useSession'
import { DirectoryForm } from './DirectoryForm'
import { useListDraft, type ListDraft } from './useListDraft'

/** Entries by their names, so that a change is told as one of this entry. */
const byName = (entries: readonly DirectoryEntry[]) =>
  Object.fromEntries(entries.map(({ name, phone, purpose, language, active }) => [`${name.en} · ${name.zh}`, { name, phone, purpose, language, active }]))

/** Whom agents may bring into a call by telephone. */
export function DirectoryTab() {
  const list = useQuery({ queryKey: ['directory'], queryFn: rules.directory })
  // Kept here, so that a reading that fails loses nothing that was written.
  const change = useListDraft<DirectoryEntry>()
  return (
    <Loaded query={list} lines={6}>
      {(directory) => <Directory directory={directory} change={change} />}
    </Loaded>
  )
}

function Directory({ directory, change }: { directory: DirectoryView; change: ListDraft<DirectoryEntry> }) {
  const { t } = useTranslation()
  const format = useFormat()
  const role = useSession().data?.role
  const mayChange = role === 'compliance' || role === 'admin'
  const { entries, version } = directory
  const shownName = ({ name }: DirectoryEntry) => name[t('timeline.nameIn') as 'en' | 'zh']
  return (
    <>
      <div className={table['head']}>
        <p>{t('rules.directory.lead')}</p>
        {mayChange && (
          <Button look="primary" onClick={() => change.edit('new')}>
            {t('rules.directory.add')}
          </Button>
        )}
      </div>
      {entries.length === 0 ? (
        <p>{t('rules.directory.none')}</p>
      ) : (
        <DataTable
          label={t('rules.tab.directory')}
          rows={entries}
          keyOf={({ id }) => id}
          columns={[
            { heading: t('rules.directory.name'), render: shownName },
            { heading: t('rules.directory.phone'), render: ({ phone }) => phone },
            { heading: t('rules.directory.purpose'), render: ({ purpose }) => purpose },
            { heading: t('rules.directory.language'), render: ({ language }) => (language === undefined ? t('rules.directory.payers') : format.language(language)) },
            { heading: t('rules.directory.state'), render: ({ active }) => <Badge tone={active ? 'good' : 'neutral'}>{t(active ? 'rules.directory.active' : 'rules.directory.paused')}</Badge> },
            {
              heading: t('routing.actions'),
              render: (entry) =>
                mayChange && (
                  <Button aria-label={`${t('routing.edit')}: ${shownName(entry)}`} onClick={() => change.edit(entry)}>
                    {t('routing.edit')}
                  </Button>
                ),
            },
          ]}
        />
      )}
      {change.editing !== undefined && (
        <DirectoryForm
          entry={change.editing === 'new' ? undefined : change.editing}
          onClose={() => change.edit(undefined)}
          onReview={(changed) => change.review(entries, changed)}
        />
      )}
      {change.draft !== undefined && <DirectoryReview before={directory} after={change.draft} onCancel={change.takeBack} onSaved={change.done} />}
      <Versions queryKey={['directory', String(version)]} load={rules.directoryVersions} />
    </>
  )
}

interface DirectoryReviewProps {
  before: DirectoryView
  after: DirectoryEntry[]
  onCancel: () => void
  onSaved: () => void
}

function DirectoryReview({ before, after, onCancel, onSaved }: DirectoryReviewProps) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const save = useMutation({
    mutationFn: () => rules.saveDirectory(before.version, { entries: after }),
    async onSuccess() {
      await queries.invalidateQueries({ queryKey: ['directory'] })
      onSaved()
    },
  })
  const names: Record<string, string> = {
    'name.en': t('rules.directory.nameEn'),
    'name.zh': t('rules.directory.nameZh'),
    phone: t('rules.directory.phone'),
    purpose: t('rules.directory.purpose'),
    language: t('rules.directory.language'),
    active: t('rules.directory.isActive'),
  }
  const part = ([entry, ...path]: readonly string[]) => `${entry}: ${names[path.join('.')] ?? path.join('.')}`
  return (
    <ReviewDialog
      title={t('rules.directory.reviewTitle')}
      lead={t('rules.directory.reviewLead')}
      changes={changesOf(byName(before.entries), byName(after)).map(({ path, from, to }) => ({ name: part(path), from: valueInWords(t, from), to: valueInWords(t, to) }))}
      busy={save.isPending}
      problem={save.error}
      onCancel={onCancel}
      onSave={() => save.mutate()}
    />
  )
}
