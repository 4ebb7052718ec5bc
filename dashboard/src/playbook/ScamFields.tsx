import { useTranslation } from 'react-i18next'
import { scamTypes } from '../../../domain/money'
import type { Playbook } from '../../../domain/reminder/playbook'
import { problemAt } from '../api/problem'
import { Card } from '../design/Card'
import { BothLanguages } from './BothLanguages'
import styles from './Playbook.module.css'

interface ScamFieldsProps {
  scams: Playbook['scams']
  problem: unknown
  onChange: (scams: Playbook['scams']) => void
}

/** For each type of scam: how it works, and what the agent advises. */
export function ScamFields({ scams, problem, onChange }: ScamFieldsProps) {
  const { t } = useTranslation()
  return (
    <Card title={t('playbookEditor.scams')}>
      <p>{t('playbookEditor.scamsLead')}</p>
      {scamTypes.map((type) => {
        const path = `body.scams.${type}`
        const words = scams[type]
        return (
          <details key={type} className={styles['scam']} open={problemAt(problem, path) !== undefined || undefined}>
            <summary>{t(`terms.scam.${type}`)}</summary>
            {(['how', 'advise'] as const).map((part) => (
              <BothLanguages
                key={part}
                label={t(`reminder.tree.${part}`)}
                rows={3}
                words={words[part]}
                path={`${path}.${part}`}
                problem={problem}
                onChange={(changed) => onChange({ ...scams, [type]: { ...words, [part]: changed } })}
              />
            ))}
          </details>
        )
      })}
    </Card>
  )
}
