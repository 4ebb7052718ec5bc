import type { DisclosedField } from '../domain/disclosure/disclosure'
import { securityHoles } from '../domain/security'
import { sayMoney } from '../domain/script/wording'
import type { PackageFacts, PackagePerson } from '../records/disclosures/package'
import { utcTime } from './moments'
import type { Block, Report } from './report'

/** What an authority receives: the fields that were granted and nothing else, in both languages, with its name on every page. */
export function disclosurePackage(facts: PackageFacts, madeAt: Date): Report {
  const { caseId, authority, officer, reference, basis, fields, from, until, documentSha256, persons } = facts
  const at = utcTime(madeAt.toISOString())
  return {
    language: 'zh-CN',
    title: '依法披露 / Lawful disclosure',
    subtitle: `${authority} · ${reference}`,
    footer: `仅供 ${officer} 使用 / For ${officer} alone · ${caseId} · ${at} UTC`,
    watermark: `${authority} · ${officer} · ${caseId} · ${at} UTC`,
    createdAt: madeAt,
    sections: [
      {
        heading: '请求 / Request',
        blocks: [
          {
            kind: 'facts',
            facts: [
              ['机关 / Authority', authority],
              ['接收人 / Recipient', officer],
              ['文号 / Reference', reference],
              ['依据 / Legal basis', basis],
              ['范围 / Fields granted', fields.join(', ')],
              ['期间 / Period (UTC)', `${utcTime(from.toISOString())} – ${utcTime(until.toISOString())}`],
              ['文件 / Document, SHA-256', documentSha256],
              ['案件 / Case', caseId],
            ],
          },
        ],
      },
      ...persons.map((person) => ({ heading: `账户 / Account ${person.id}`, blocks: fields.flatMap((field) => blocksOf(field, person)) })),
    ],
  }
}

const table = (headings: string[], rows: string[][]): Block[] =>
  rows.length === 0
    ? [{ kind: 'paragraph', text: `${headings[0]}: 无 / none` }]
    : [{ kind: 'table', columns: headings.map((title) => ({ title, width: 1 })), rows }]

function blocksOf(field: DisclosedField, person: PackagePerson): Block[] {
  const time = (at: Date) => utcTime(at.toISOString())
  switch (field) {
    case 'name':
      return [{ kind: 'facts', facts: [['姓名 / Name', person.name]] }]
    case 'phones':
      return [{ kind: 'facts', facts: [['电话 / Phone numbers', person.phones.join(', ')]] }]
    case 'security':
      return [{ kind: 'facts', facts: securityHoles.map((hole) => [hole, String(person.security[hole] ?? '–')]) }]
    case 'payments':
      return table(
        ['付款 / Payment', '时间 / Time (UTC)', '金额 / Amount', '收款方 / Payee', '资金 / Funds'],
        person.payments.map((one) => [one.id, time(one.paidAt), sayMoney({ amount: one.amount, currency: one.currency }, 'en'), `${one.payeeName} (${one.payeeId})`, one.fundsState]),
      )
    case 'verdicts':
      return table(
        ['结论 / Verdict on', '结论 / Verdict', '诈骗类型 / Scam'],
        person.payments.filter(({ verdict }) => verdict !== null).map((one) => [one.id, one.verdict ?? '', one.scamType ?? '–']),
      )
    case 'calls':
      return table(
        ['通话 / Call at (UTC)', '号码 / Number', '结果 / Outcome'],
        person.calls.map((one) => [time(one.at), one.phone, one.outcome ?? '–']),
      )
  }
}
