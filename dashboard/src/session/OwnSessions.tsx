import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { session } from '../api/session'
import { Badge } from '../design/Badge'
import { Button } from '../design/Button'
import { DataTable } from '../design/DataTable'
import { Loaded } from '../design/Loaded'
import { Modal } from '../design/Modal'
import { ProblemNotice } from '../design/ProblemNotice'
import { useFormat } from '../design/useFormat'
import { browserName } from './browserName'

/** Where somebody is signed in, for them to see, and to end what they do not know. */
export function OwnSessions({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const queries = useQueryClient()
  const sessions = useQuery({ queryKey: ['own-sessions'], queryFn: session.own, gcTime: 0 })
  const onSuccess = () => queries.invalidateQueries({ queryKey: ['own-sessions'] })
  const end = useMutation({ mutationFn: session.endOne, onSuccess })
  const endOthers = useMutation({ mutationFn: session.endOthers, onSuccess })
  const named = (agent: string | null) => {
    const found = browserName(agent ?? '')
    return found === undefined ? t('sessions.unknown') : t('sessions.on', found)
  }
  return (
    <Modal open title={t('sessions.title')} onClose={onClose}>
      {(end.isError || endOthers.isError) && <ProblemNotice problem={end.error ?? endOthers.error} />}
      <Loaded query={sessions} lines={4}>
        {(rows) => (
          <>
            <DataTable
              label={t('sessions.title')}
              rows={rows}
              keyOf={({ id }) => id}
              columns={[
                { heading: t('sessions.started'), render: ({ startedAt }) => format.dateTime(startedAt) },
                { heading: t('sessions.browser'), render: ({ browser }) => named(browser) },
                { heading: t('sessions.from'), render: ({ from }) => from },
                {
                  heading: t('sessions.end'),
                  render: ({ id, current, startedAt }) =>
                    current ? (
                      <Badge tone="good">{t('sessions.here')}</Badge>
                    ) : (
                      <Button
                        aria-label={`${t('sessions.end')}: ${format.dateTime(startedAt)}`}
                        busy={end.isPending && end.variables === id}
                        onClick={() => end.mutate(id)}
                      >
                        {t('sessions.end')}
                      </Button>
                    ),
                },
              ]}
            />
            <Button look="danger" disabled={rows.length < 2} busy={endOthers.isPending} onClick={() => endOthers.mutate()}>
              {t('sessions.endOthers')}
            </Button>
          </>
        )}
      </Loaded>
    </Modal>
  )
}
