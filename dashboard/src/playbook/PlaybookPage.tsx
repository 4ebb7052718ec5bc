import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Loaded } from '../design/Loaded'
import { Page } from '../design/Page'
import { reminder } from '../reminder/reminder'
import { PlaybookEditor } from './PlaybookEditor'

/** The questions by which agents recognise a scam, and the words that explain it: compliance writes them here. */
export function PlaybookPage() {
  const { t } = useTranslation()
  const playbook = useQuery({ queryKey: ['playbook'], queryFn: reminder.playbook, refetchOnWindowFocus: false })
  return (
    <Page title={t('nav.playbook')}>
      <Loaded query={playbook} lines={8}>
        {(read) => (
          <>
            <p>
              {t('playbookEditor.lead')} {read.version === 0 ? t('playbookEditor.builtIn') : t('playbookEditor.version', { version: read.version })}
            </p>
            <PlaybookEditor key={read.version} playbook={read} />
          </>
        )}
      </Loaded>
    </Page>
  )
}
