import { DropdownMenu } from 'radix-ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { desk, type ChosenStatus, type Presence } from '../api/desk'
import { Button } from '../design/Button'
import menu from '../design/Menu.module.css'
import { useProblemText } from '../design/ProblemNotice'
import { clockTime } from '../design/useFormat'
import { useKeys } from '../design/useKeys'
import { useNow } from '../design/useNow'
import { useDesk, useDeskSnapshot } from './DeskProvider'
import { terms } from '../language/en/terms'
import { KeyHelp } from './KeyHelp'
import styles from './PresenceControl.module.css'

const reasons = ['meal', 'rest', 'meeting', 'training', 'technical'] as const
type Reason = keyof typeof terms.breakReason
const noWrapUp = { wrapUpUntil: null, wrapUpExtended: false }

export function useChangePresence() {
  const { store, notes } = useDesk()
  const [problem, setProblem] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  async function ask(request: () => Promise<Presence>) {
    setBusy(true)
    setProblem(undefined)
    try {
      const presence = await request()
      store.tell({ presence, offer: presence.offer })
    } catch (cause) {
      setProblem(cause)
    } finally {
      setBusy(false)
    }
  }
  async function change(status: ChosenStatus, reason?: string) {
    await ask(async () => {
      await notes.flush()
      return desk.setPresence(status, reason)
    })
  }
  const extend = () => ask(desk.extendWrapUp)
  const extendChat = (caseId: string) => ask(() => desk.extendChat(caseId))
  const finishChat = (caseId: string) =>
    ask(async () => {
      await notes.flush()
      return desk.finishChat(caseId)
    })
  return { change, extend, extendChat, finishChat, busy, problem }
}

/** The agent's own state, always in sight, and everything that may be chosen now. */
export function PresenceControl() {
  const { t } = useTranslation()
  const { presence, case: held, focus } = useDeskSnapshot()
  const { change, extend, extendChat, finishChat, busy, problem } = useChangePresence()
  const tell = useProblemText()
  const now = useNow()
  // Each chat is wrapped up by itself: the one on the screen.
  const chat = presence?.chats.find(({ caseId }) => caseId === focus)
  const { wrapUpUntil, wrapUpExtended } = chat ?? (presence?.status === 'wrap_up' ? presence : noWrapUp)
  const wrapUp = presence?.status === 'wrap_up' || wrapUpUntil !== null
  const mayExtend = wrapUpUntil !== null && !wrapUpExtended
  const done = () => void (chat && chat.wrapUpUntil !== null ? finishChat(chat.caseId) : change('available'))
  const longer = () => void (chat ? extendChat(chat.caseId) : extend())
  useKeys(wrapUp ? { n: done, l: () => mayExtend && longer() } : {})
  if (presence === null) return null

  const reason = presence.status === 'break' || presence.status === 'offline' ? presence.reason : null
  // Whoever writes with payers goes on with that: the offer stands beside it.
  const status = presence.status === 'offered' && presence.chats.length > 0 ? 'busy' : presence.status
  const engaged = status === 'busy' || wrapUp
  const verdictMissing = wrapUp && held?.payments.some((payment) => payment.verdict === null && payment.decision === 'undecided')
  return (
    <section className={styles['control']} aria-label={t('desk.presence.label')}>
      <span className={`${styles['state']} ${styles[status]}`}>
        <span className={styles['dot']} aria-hidden />
        {t(`terms.presence.${status}`)}
        {reason !== null && <span> · {reasonText(reason)}</span>}
        {wrapUpUntil !== null ? (
          <strong className={styles['clock']} role="timer" aria-label={t('desk.wrapUp.title')}>
            {t('desk.wrapUp.left', { time: clockTime(Date.parse(wrapUpUntil) - now) })}
          </strong>
        ) : (
          <span className={styles['clock']}>{clockTime(now - Date.parse(presence.since))}</span>
        )}
      </span>
      {engaged && presence.next !== null && presence.next !== 'available' && (
        <span className={styles['next']}>{t('desk.presence.then', { status: t(`terms.presence.${presence.next as ChosenStatus}`) })}</span>
      )}
      {mayExtend && (
        <Button hint="L" busy={busy} onClick={longer}>
          {t('live.wrapUp.longer')}
        </Button>
      )}
      {wrapUp && (
        <Button look={verdictMissing ? 'plain' : 'primary'} hint="N" busy={busy} onClick={done}>
          {t('desk.wrapUp.done')}
        </Button>
      )}
      {(presence.status === 'offline' || presence.status === 'break') && (
        <Button look="primary" busy={busy} onClick={() => void change('available')}>
          {t('desk.presence.goAvailable')}
        </Button>
      )}
      {status !== 'offered' && (
        <DropdownMenu.Root>
          <DropdownMenu.Trigger asChild>
            <Button busy={busy}>
              {engaged ? t('desk.presence.afterCall') : t('desk.presence.takeBreak')} <span aria-hidden>▾</span>
            </Button>
          </DropdownMenu.Trigger>
          <DropdownMenu.Portal>
            <DropdownMenu.Content className={menu['menu']} sideOffset={6}>
              {engaged && (
                <DropdownMenu.Item className={menu['item']} onSelect={() => void change('available')}>
                  {t('terms.presence.available')}
                </DropdownMenu.Item>
              )}
              {reasons.map((each) => (
                <DropdownMenu.Item key={each} className={menu['item']} onSelect={() => void change('break', each)}>
                  {t('terms.presence.break')} · {t(`terms.breakReason.${each}`)}
                </DropdownMenu.Item>
              ))}
              {presence.status !== 'offline' && (
                <>
                  <div className={menu['rule']} />
                  <DropdownMenu.Item className={menu['item']} onSelect={() => void change('offline')}>
                    {t('desk.presence.goOffline')}
                  </DropdownMenu.Item>
                </>
              )}
            </DropdownMenu.Content>
          </DropdownMenu.Portal>
        </DropdownMenu.Root>
      )}
      <KeyHelp />
      {problem !== undefined && (
        <span className={styles['problem']} role="alert">
          {t('desk.presence.failed')} {tell(problem)}
        </span>
      )}
    </section>
  )

  function reasonText(given: string): string {
    return given in terms.breakReason ? t(`terms.breakReason.${given as Reason}`) : given
  }
}
