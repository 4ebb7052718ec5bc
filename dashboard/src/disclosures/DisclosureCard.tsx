import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { disclosures, type Disclosure } from '../api/disclosures'
import { Badge, type Tone } from '../design/Badge'
import { Card } from '../design/Card'
import { Fact, Facts } from '../design/Facts'
import { useFormat } from '../design/useFormat'
import { DisclosureNext } from './DisclosureNext'
import styles from './DisclosuresPage.module.css'

const tones: Record<Disclosure['status'], Tone> = { received: 'warn', awaiting_approval: 'warn', package_ready: 'good', informing: 'neutral', closed: 'neutral' }

export function DisclosureCard({ disclosure, mayEnter }: { disclosure: Disclosure; mayEnter: boolean }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { caseId, status, outcome, document, refusal } = disclosure
  const whole = useQuery({ queryKey: ['disclosures', caseId], queryFn: () => disclosures.read(caseId), enabled: disclosure.package !== null, refetchInterval: 10_000 })
  const facts: [string, string][] = [
    [t('disclosures.officer'), disclosure.officer],
    [t('disclosures.basis'), t(`disclosures.bases.${disclosure.basis}`)],
    [t('disclosures.persons'), disclosure.persons.join(', ')],
    [t('disclosures.fields'), disclosure.fields.map((field) => t(`disclosures.field.${field}`)).join(t('timeline.and'))],
    [t('disclosures.period'), `${format.date(disclosure.period.from)} – ${format.date(disclosure.period.until)}`],
    [t('disclosures.deadline'), format.dateTime(disclosure.deadline)],
    [t('disclosures.reason'), disclosure.reason],
    [t('disclosures.informAt'), disclosure.informedAt ? t('disclosures.informed', { at: format.dateTime(disclosure.informedAt) }) : disclosure.informAt ? format.date(disclosure.informAt) : t('never')],
  ]
  return (
    <Card
      title={`${disclosure.authority} · ${disclosure.reference}`}
      aside={<Badge tone={outcome === 'refused' || outcome === 'expired' ? 'danger' : tones[status]}>{outcome === null ? t(`disclosures.status.${status}`) : t(`disclosures.outcome.${outcome}`)}</Badge>}
    >
      <Facts>
        {facts.map(([label, value]) => (
          <Fact key={label} name={label}>
            {value}
          </Fact>
        ))}
        {document !== null && (
          <Fact name={t('disclosures.document')}>
            <a href={disclosures.documentAddress(caseId)} download>
              {document.name}
            </a>{' '}
            <span className={styles['hash']}>SHA-256 {document.sha256.slice(0, 16)}…</span>
          </Fact>
        )}
        {refusal !== null && <Fact name={t('disclosures.refusal')}>{refusal === 'deadline' ? t('disclosures.late') : refusal}</Fact>}
        {whole.data?.views.map(({ link, madeAt, expiresAt, usedAt }) => (
          <Fact key={link} name={t('disclosures.link', { at: format.dateTime(madeAt) })}>
            {usedAt ? t('disclosures.used', { at: format.dateTime(usedAt) }) : t('disclosures.unused', { until: format.dateTime(expiresAt) })}
          </Fact>
        ))}
      </Facts>
      <p className={styles['next']}>
        <Link href={`/histories/${caseId}`}>{t('disclosures.log')}</Link>
      </p>
      {mayEnter && <DisclosureNext disclosure={disclosure} />}
    </Card>
  )
}
