import { useTranslation } from 'react-i18next'
import type { ScriptPreviewView } from '../api/rules'
import { Fact, Facts } from '../design/Facts'
import styles from './Rules.module.css'
import { useTextName } from './useTextName'

/** What the agent reads and the payer hears, for an example case. */
export function ScriptPreview({ preview: { script, guidance, message, announcements } }: { preview: ScriptPreviewView }) {
  const { t } = useTranslation()
  const nameOf = useTextName()
  const [identity, ...questions] = script.questions
  return (
    <section className={styles['preview']} aria-label={t('rules.scripts.preview')} lang={script.language}>
      <h3 lang={undefined}>{t('rules.scripts.agentReads')}</h3>
      <p>{script.opening}</p>
      <p>{identity}</p>
      <hr />
      <ol>
        {questions.map((question) => (
          <li key={question}>{question}</li>
        ))}
      </ol>
      <p>{script.closing}</p>
      <h3>{t('rules.scripts.payerHears')}</h3>
      <Facts>
        {announcements.map(({ when, text }) => (
          <Fact key={when} name={nameOf(['announcements', when])}>
            {text}
          </Fact>
        ))}
      </Facts>
      <h3>{t('rules.scripts.advised')}</h3>
      <Facts>
        {guidance.map(({ id, title, text }) => (
          <Fact key={id} name={title}>
            {text}
          </Fact>
        ))}
      </Facts>
      <p className={styles['message']}>{message}</p>
    </section>
  )
}
