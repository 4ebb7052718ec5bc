import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { AttentionNotice } from '../attention/AttentionNotice'
import { transferHelp, type HelpView } from '../api/transferHelp'
import { Button } from '../design/Button'
import { Card } from '../design/Card'
import { Fact, Facts } from '../design/Facts'
import { ProblemNotice } from '../design/ProblemNotice'
import { useFormat } from '../design/useFormat'
import { MoneyCard, ToldCard } from '../disputes/CaseRecords'
import styles from '../disputes/DisputesPage.module.css'
import { useSession } from '../session/useSession'
import { HelpBadge } from './TransferHelpPage'
import { MediationCard } from './MediationCard'
import { PayeeCard } from './PayeeCard'

/** What happened, where the money is, what is to be done next, and what the payer was told. */
export function HelpParts({ help }: { help: HelpView }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { data: user } = useSession()
  const queries = useQueryClient()
  const takeUp = useMutation({
    mutationFn: () => transferHelp.takeUp(help.caseId),
    onSettled: () => queries.invalidateQueries({ queryKey: ['transfer-help', help.caseId] }),
  })
  const mine = help.handler !== null && help.handler.id === user?.id
  const facts: [string, string][] = [
    [t('transferHelp.fact.held'), format.money(help.held)],
    [t('transferHelp.fact.returned'), format.money(help.returned)],
    [t('transferHelp.fact.holdUntil'), help.holdUntil === null ? '–' : format.dateTime(help.holdUntil)],
    [t('transferHelp.fact.sent'), format.dateTime(help.transferredAt)],
    [t('transferHelp.fact.payee'), `${help.payee.name} · ${help.payee.id}`],
    [t('transferHelp.fact.phone'), help.payee.phone ?? t('unknown')],
    [t('transferHelp.fact.payer'), help.payer.phones.join(', ')],
    [t('transferHelp.fact.transfer'), help.transferId],
  ]
  return (
    <>
      <header className={styles['head']}>
        <h1>{t('transferHelp.title', { name: help.payer.name })}</h1>
        <strong className={styles['amount']}>{format.money(help.amount)}</strong>
        <HelpBadge help={help} />
        {help.status !== 'closed' && !mine && (
          <Button look={help.handler === null ? 'primary' : 'plain'} busy={takeUp.isPending} onClick={() => takeUp.mutate()}>
            {t(help.handler === null ? 'transferHelp.takeUp' : 'transferHelp.takeOver')}
          </Button>
        )}
        {user?.role !== 'agent' && (
          <a href={transferHelp.evidenceAddress(help.caseId, document.documentElement.lang)} download>
            {t('transferHelp.evidence')}
          </a>
        )}
      </header>
      {takeUp.isError && <ProblemNotice problem={takeUp.error} />}
      {help.needsAttention !== null && <AttentionNotice attention={help.needsAttention} />}
      <p>{t(`transferHelp.next.${help.status}`)}</p>
      <div className={styles['columns']}>
        <div className={styles['column']}>
          <Card title={t(`transferHelp.kind.${help.kind}`)}>
            <blockquote className={styles['statement']}>{help.reason}</blockquote>
            <Facts>
              {facts.map(([name, value]) => (
                <Fact key={name} name={name}>
                  {value}
                </Fact>
              ))}
            </Facts>
          </Card>
          <PayeeCard help={help} />
          {help.instalments.length > 0 && (
            <Card title={t('transferHelp.schedule')}>
              <ul className={styles['list']}>
                {help.instalments.map(({ round, number, dueAt, amount, state }) => (
                  <li key={`${round}.${number}`}>
                    {format.money(amount)} · {t(`transferHelp.instalment.${state}`)}
                    <div className={styles['soft']}>{format.dateTime(dueAt)}</div>
                  </li>
                ))}
              </ul>
            </Card>
          )}
        </div>
        <div className={styles['column']}>
          {(help.status === 'mediation' || help.proposal !== null) && <MediationCard help={help} />}
          <MoneyCard moves={help.moneyActions} whole={help.amount} />
          <ToldCard messages={help.messages} />
        </div>
      </div>
    </>
  )
}
