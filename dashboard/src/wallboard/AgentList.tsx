import { useTranslation } from 'react-i18next'
import type { Wallboard } from '../api/supervision'
import { Card } from '../design/Card'
import { clockTime } from '../design/useFormat'
import { useNow } from '../design/useNow'
import styles from './AgentList.module.css'

const order = ['available', 'offered', 'busy', 'wrap_up', 'break', 'offline']

export function AgentList({ agents }: { agents: Wallboard['agents'] }) {
  const { t } = useTranslation()
  const now = useNow(1_000)
  const sorted = agents.toSorted((a, b) => order.indexOf(a.status) - order.indexOf(b.status) || a.name.localeCompare(b.name))
  const free = agents.filter(({ status }) => status === 'available').length
  return (
    <Card title={t('supervision.wallboard.agents')} aside={<span>{t('supervision.wallboard.agentsFree', { count: free })}</span>}>
      {sorted.length === 0 ? (
        <p>{t('supervision.wallboard.noAgents')}</p>
      ) : (
        <ul className={styles['agents']}>
          {sorted.map((agent) => (
            <li key={agent.id} data-status={agent.status}>
              <span className={styles['dot']} aria-hidden />
              <span className={styles['name']}>{agent.name}</span>
              <span>{agent.chats > 0 ? t('supervision.wallboard.chats', { count: agent.chats, limit: agent.chatLimit }) : ''}</span>
              <span>{t(`terms.presence.${agent.status}`)}</span>
              <span className={styles['since']}>{agent.status === 'offline' ? '' : clockTime(now - Date.parse(agent.since))}</span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
