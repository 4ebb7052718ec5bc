import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { transferHelp, type HelpView } from '../api/transferHelp'
import { Button } from '../design/Button'
import { Card } from '../design/Card'
import { Field } from '../design/Field'
import { ProblemNotice } from '../design/ProblemNotice'
import { minorDigits, minorUnits, typedMoney } from '../design/format'
import { useFormat } from '../design/useFormat'
import styles from '../disputes/DisputesPage.module.css'

const sides = ['payer', 'payee'] as const

/** A proposal, what both sides say to it, and giving up. */
export function MediationCard({ help }: { help: HelpView }) {
  const { t } = useTranslation()
  const format = useFormat()
  const queries = useQueryClient()
  const { currency } = help.amount
  const missing = { currency, amount: help.amount.amount - help.returned.amount }
  const step = 10 ** -minorDigits(currency)
  const [amount, setAmount] = useState(typedMoney(missing))
  const [parts, setParts] = useState('1')
  const [words, setWords] = useState('')
  const act = useMutation({
    mutationFn: (deed: () => Promise<void>) => deed(),
    onSettled: () => queries.invalidateQueries({ queryKey: ['transfer-help', help.caseId] }),
  })
  const { proposal } = help
  const open = help.status === 'mediation' && help.mediation === null
  const given = words.trim() !== ''
  const said = (agrees: boolean | null) => t(`transferHelp.says.${agrees === null ? 'open' : agrees ? 'yes' : 'no'}`)
  return (
    <Card title={t('transferHelp.mediation')}>
      {proposal !== null && (
        <>
          <p>
            <strong>
              {t('transferHelp.proposed')}: {format.money(proposal.amount)} · {t('transferHelp.inParts', { count: proposal.instalments })}
            </strong>
          </p>
          <blockquote className={styles['statement']}>{proposal.words}</blockquote>
          <ul className={styles['list']}>
            {sides.map((side) => (
              <li key={side}>
                {t(`transferHelp.side.${side}`)}: {said(side === 'payer' ? proposal.payerAgrees : proposal.payeeAgrees)}
                {open && (
                  <div className={styles['buttons']}>
                    <Button busy={act.isPending} onClick={() => act.mutate(() => transferHelp.sideAnswer(help.caseId, side, true))}>
                      {t('transferHelp.yes', { side: t(`transferHelp.side.${side}`) })}
                    </Button>
                    <Button busy={act.isPending} onClick={() => act.mutate(() => transferHelp.sideAnswer(help.caseId, side, false))}>
                      {t('transferHelp.no', { side: t(`transferHelp.side.${side}`) })}
                    </Button>
                  </div>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      {open && (
        <form className={styles['form']} onSubmit={(event) => event.preventDefault()}>
          <Field label={t('transferHelp.amount')} hint={t('transferHelp.atMost', { amount: format.money(missing) })}>
            <input type="number" inputMode="decimal" min={step} step={step} max={typedMoney(missing)} value={amount} onChange={(event) => setAmount(event.target.value)} />
          </Field>
          <Field label={t('transferHelp.parts')}>
            <input type="number" min={1} max={60} value={parts} onChange={(event) => setParts(event.target.value)} />
          </Field>
          <Field label={t('transferHelp.words')}>
            <textarea rows={3} maxLength={4_000} value={words} onChange={(event) => setWords(event.target.value)} />
          </Field>
          <div className={styles['buttons']}>
            <Button
              look="primary"
              busy={act.isPending}
              disabled={!given}
              onClick={() => act.mutate(() => transferHelp.propose(help.caseId, { amount: minorUnits(amount, currency), instalments: Number(parts), words: words.trim() }))}
            >
              {t('transferHelp.propose')}
            </Button>
            <Button look="danger" busy={act.isPending} disabled={!given} onClick={() => act.mutate(() => transferHelp.giveUp(help.caseId, words.trim()))}>
              {t('transferHelp.giveUp')}
            </Button>
          </div>
        </form>
      )}
      {act.isError && <ProblemNotice problem={act.error} />}
    </Card>
  )
}
