import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { readReference } from '../../../domain/script/reference'
import { securityHoles } from '../../../domain/security'
import { readGuidanceReport, type GuidanceCount } from '../api/guidance'
import { Card } from '../design/Card'
import { Field } from '../design/Field'
import { Loaded } from '../design/Loaded'
import { ScrollArea } from '../design/ScrollArea'
import table from '../design/Table.module.css'
import { useFormat } from '../design/useFormat'
import styles from './GuidanceReportCard.module.css'

const periods = [7, 30, 90] as const
const groups = ['byAgent', 'byScript', 'byAdvice'] as const

/** How many of the guided payers raised their security: by agent, script and advice. */
export function GuidanceReportCard() {
  const { t } = useTranslation()
  const format = useFormat()
  const [days, setDays] = useState<number>(30)
  const report = useQuery({ queryKey: ['guidance-report', days], queryFn: () => readGuidanceReport(new Date(Date.now() - days * 86_400_000).toISOString()) })
  const share = ({ looked, raised }: GuidanceCount) => (looked === 0 ? '–' : format.percent((raised / looked) * 100))
  const nameOf = (group: (typeof groups)[number], { key, name }: GuidanceCount) => {
    const hole = securityHoles.find((one) => one === key)
    if (group === 'byAdvice' && hole) return t(`terms.security.${hole}`)
    const script = group === 'byScript' ? readReference(key) : undefined
    if (!script) return name ?? key
    const { kind, language, version } = script
    return t(version === 0 ? 'guidance.scriptAsDelivered' : 'guidance.script', { kind: t(`routing.queues.kind.${kind}`), language: format.language(language), version })
  }

  return (
    <Card
      title={t('guidance.title')}
      aside={
        <Field label={t('guidance.period')}>
          <select value={days} onChange={(event) => setDays(Number(event.target.value))}>
            {periods.map((each) => (
              <option key={each} value={each}>
                {t('guidance.days', { count: each })}
              </option>
            ))}
          </select>
        </Field>
      }
    >
      <Loaded query={report} lines={4}>
        {(counts) =>
          counts.all.guided === 0 ? (
            <p className={table['none']}>{t('guidance.none')}</p>
          ) : (
            <>
              <p className={styles['lead']}>
                {t('guidance.lead', { share: share(counts.all), raised: counts.all.raised, looked: counts.all.looked, guided: counts.all.guided })}
              </p>
              <ScrollArea className={table['frame']} label={t('guidance.title')}>
                <table className={table['table']}>
                  <thead>
                    <tr>
                      {(['who', 'guided', 'looked', 'raised', 'share'] as const).map((name) => (
                        <th key={name} scope="col">
                          {t(`guidance.column.${name}`)}
                        </th>
                      ))}
                    </tr>
                  </thead>
                  {groups.map((group) => (
                    <tbody key={group}>
                      <tr>
                        <th colSpan={5} scope="rowgroup">
                          {t(`guidance.${group}`)}
                        </th>
                      </tr>
                      {counts[group].map((count) => (
                        <tr key={count.key}>
                          <td>{nameOf(group, count)}</td>
                          <td>{format.number(count.guided)}</td>
                          <td>{format.number(count.looked)}</td>
                          <td>{format.number(count.raised)}</td>
                          <td>
                            <strong>{share(count)}</strong>
                          </td>
                        </tr>
                      ))}
                    </tbody>
                  ))}
                </table>
              </ScrollArea>
            </>
          )
        }
      </Loaded>
    </Card>
  )
}
