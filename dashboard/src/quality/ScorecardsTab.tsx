import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { questionsOf } from '../../../domain/quality/scorecard'
import { quality, type ScorecardView } from '../api/quality'
import { Badge } from '../design/Badge'
import { Button } from '../design/Button'
import { DataTable } from '../design/DataTable'
import { ProblemNotice } from '../design/ProblemNotice'
import { Skeleton } from '../design/Skeleton'
import table from '../design/Table.module.css'
import { useSession } from '../session/useSession'
import { ScorecardForm } from './ScorecardForm'
import { useCardText } from './useCardText'

export function ScorecardsTab() {
  const { t } = useTranslation()
  const textOf = useCardText()
  const mayCompose = useSession().data?.role === 'supervisor'
  const cards = useQuery({ queryKey: ['scorecards'], queryFn: quality.scorecards })
  const [editing, setEditing] = useState<ScorecardView | 'new'>()
  if (cards.isError) return <ProblemNotice problem={cards.error} onRetry={() => void cards.refetch()} />
  if (cards.data === undefined) return <Skeleton lines={4} />
  const forWhat = ({ settings: { appliesTo } }: ScorecardView) =>
    [
      ...appliesTo.kinds.map((kind) => t(`routing.queues.kind.${kind}`)),
      ...appliesTo.verdicts.map((verdict) => t(`terms.verdict.${verdict}`)),
      ...(appliesTo.queues.length > 0 ? [t('routing.tab.queues')] : []),
    ].join(', ') || t('quality.card.all')
  const columns = [
    { heading: t('quality.card.name'), render: ({ settings }: ScorecardView) => textOf(settings.name) },
    { heading: t('quality.card.for'), render: forWhat },
    { heading: t('quality.card.sections'), render: ({ settings }: ScorecardView) => settings.sections.map(({ title }) => textOf(title)).join(', ') },
    { heading: t('quality.card.questions'), render: ({ settings }: ScorecardView) => questionsOf(settings).length },
    {
      heading: t('quality.reviews.state'),
      render: ({ settings }: ScorecardView) => <Badge tone={settings.active ? 'good' : 'neutral'}>{t(settings.active ? 'quality.card.on' : 'quality.card.off')}</Badge>,
    },
    ...(mayCompose
      ? [
          {
            heading: t('routing.actions'),
            render: (card: ScorecardView) => (
              <Button aria-label={`${t('quality.card.edit')}: ${textOf(card.settings.name)}`} onClick={() => setEditing(card)}>
                {t('quality.card.edit')}
              </Button>
            ),
          },
        ]
      : []),
  ]
  return (
    <>
      <div className={table['head']}>
        <p>{t('quality.card.lead')}</p>
        {mayCompose && (
          <Button look="primary" onClick={() => setEditing('new')}>
            {t('quality.card.add')}
          </Button>
        )}
      </div>
      <DataTable label={t('quality.tab.scorecards')} columns={columns} rows={cards.data} keyOf={({ id }) => id} />
      {editing !== undefined && <ScorecardForm card={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)} />}
    </>
  )
}
