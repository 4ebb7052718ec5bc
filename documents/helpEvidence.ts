import type { HelpView } from '../api/transferHelp/view'
import { sayMoney } from '../domain/script/wording'
import type { AuditRow } from '../records/auditSpan'
import { helpEvidenceWords } from './helpEvidenceWords'
import { utcTime } from './moments'
import type { Block, Report } from './report'

export interface HelpEvidence {
  help: HelpView
  /** The first and the last row of the audit log that this case has. */
  audit: { rows: number; first: AuditRow; last: AuditRow } | undefined
  /** SHA-256 of what is told here of the case, as JSON. */
  recordsSha256: string
}

/**
 * What a payer takes to the police or to court when talks have failed: payment records, contacts tried, what was said,
 * hashes by which nothing can be changed unnoticed, and what to do with it. The payee is masked: an authority asks us.
 */
export function helpEvidence({ help, audit, recordsSha256 }: HelpEvidence, language: 'en' | 'zh-CN', madeAt: Date): Report {
  const words = helpEvidenceWords(language)
  const at = utcTime(madeAt.toISOString())
  const money = (amount: HelpView['amount'] | null) => (amount ? sayMoney(amount, language) : '–')
  const table = (columns: string[], rows: string[][]): Block =>
    rows.length === 0 ? { kind: 'paragraph', text: words.none } : { kind: 'table', columns: columns.map((title) => ({ title, width: 1 })), rows }
  return {
    language,
    title: words.title,
    subtitle: `${help.caseId} · ${at} UTC`,
    footer: `${words.footer} ${help.caseId} · ${at} UTC`,
    createdAt: madeAt,
    sections: [
      {
        heading: words.transfer,
        blocks: [
          {
            kind: 'facts',
            facts: [
              [words.id, help.transferId],
              [words.sent, `${utcTime(help.transferredAt)} UTC`],
              [words.amount, money(help.amount)],
              [words.payer, `${help.payer.name} · ${help.payer.id}`],
              [words.payee, `${help.payee.name} · ${help.payee.id}`],
              [words.kind, words.kinds[help.kind]],
              [words.reason, help.reason],
              [words.held, money(help.held)],
              [words.returned, money(help.returned)],
              [words.holdUntil, help.holdUntil ? `${utcTime(help.holdUntil)} UTC` : '–'],
            ],
          },
        ],
      },
      {
        heading: words.money,
        blocks: [
          table(
            [words.action, words.amount, words.state, words.asked, words.entry],
            help.moneyActions.map((one) => [words.actions[one.kind as keyof typeof words.actions] ?? one.kind, money(one.amount), one.status, utcTime(one.requestedAt), one.ledgerEntry ?? '–']),
          ),
        ],
      },
      {
        heading: words.contacts,
        blocks: [
          table(
            [words.asked, words.phone, words.result],
            help.attempts.map((one) => [utcTime(one.intendedAt), one.phone, one.outcome ?? one.status]),
          ),
          {
            kind: 'facts',
            facts: [
              [words.answer, help.answer ? `${words.answers[help.answer.answer]} ${help.answer.reason ?? ''}` : words.none],
              [words.proposal, help.proposal ? `${money(help.proposal.amount)} · ${help.proposal.words}` : words.none],
            ],
          },
        ],
      },
      { heading: words.told, blocks: [table([words.asked, words.message], help.messages.map((one) => [utcTime(one.at), one.text]))] },
      {
        heading: words.hashes,
        blocks: [
          { kind: 'paragraph', text: words.hashesAbout },
          {
            kind: 'facts',
            facts: [
              [words.records, recordsSha256],
              ...(audit
                ? ([
                    [words.rows, String(audit.rows)],
                    [words.first, audit.first.hash],
                    [words.last, audit.last.hash],
                  ] as [string, string][])
                : []),
            ],
          },
        ],
      },
      { heading: words.police, blocks: words.policeSteps.map((text) => ({ kind: 'paragraph', text })) },
      { heading: words.court, blocks: words.courtSteps.map((text) => ({ kind: 'paragraph', text })) },
    ],
  }
}
