import { useTranslation } from 'react-i18next'
import type { QueueSettings, QueueStage, Team } from '../api/routing'
import { useFormat } from '../design/useFormat'

/** A queue's settings in words, for lists and for what a change will do. */
export function useQueueText(teams: readonly Team[]) {
  const { t } = useTranslation()
  const format = useFormat()
  const teamName = (id: string) => teams.find((team) => team.id === id)?.settings.name ?? id
  const between = (name: string, from: number | undefined, below: number | undefined, say = format.number) => [
    ...(from === undefined ? [] : [`${name} ≥ ${say(from)}`]),
    ...(below === undefined ? [] : [`${name} < ${say(below)}`]),
  ]

  function cases({ kinds, languages, methods, currency, amountFrom, amountBelow, scoreFrom, scoreBelow }: QueueSettings['criteria']): string {
    const parts = [
      kinds.map((kind) => t(`routing.queues.kind.${kind}`)).join(', '),
      languages.map((language) => format.language(language)).join(', '),
      methods.join(', '),
      currency === undefined ? '' : [currency, ...between('', amountFrom, amountBelow, (amount) => format.money({ amount, currency }))].join(' '),
      ...between(t('admin.policy.setting.score'), scoreFrom, scoreBelow),
    ].filter(Boolean)
    return parts.length === 0 ? t('routing.queues.all') : parts.join(' · ')
  }

  function who({ skills, language, teams: open, agents }: QueueStage): string {
    const parts = [
      ...Object.entries(skills).map(([skill, level]) => `${skill} ${level}`),
      ...(language ? [t('routing.queues.speaks')] : []),
      ...(open.length > 0 ? [open.map(teamName).join(' / ')] : []),
      ...(agents.length > 0 ? [agents.join(' / ')] : []),
    ]
    return parts.length === 0 ? t('routing.queues.everybody') : parts.join(', ')
  }

  const when = (seconds: number) => (seconds === 0 ? t('routing.queues.atOnce') : t('routing.queues.afterTime', { time: format.duration(seconds * 1_000) }))
  const steps = (settings: QueueSettings) => settings.stages.map((stage) => `${when(stage.afterSeconds)}: ${who(stage)}`)

  return {
    cases,
    steps,
    when,
    /** Each setting with its name, to be held against what it was before. */
    all: (settings: QueueSettings): [string, string][] => [
      [t('routing.queues.name'), settings.name],
      [t('routing.state'), t(settings.active ? 'routing.active' : 'routing.inactive')],
      [t('routing.queues.position'), String(settings.position)],
      [t('routing.queues.cases'), cases(settings.criteria)],
      [t('routing.queues.steps'), steps(settings).join('; ')],
      [t('routing.queues.dialMode'), t(`routing.queues.mode.${settings.dialMode}`)],
    ],
  }
}
