import { useQuery } from '@tanstack/react-query'
import type { ScamType } from '../../../domain/money'
import { Loaded } from '../design/Loaded'
import { QuestionWay } from '../playbook/QuestionWay'
import { reminder } from './reminder'

/** The questions of the playbook in force, in the payer's language. @param onScam is told what was named, and when it was taken back */
export function QuestionTree({ locale, onScam }: { locale: string; onScam: (scam: ScamType | undefined) => void }) {
  const playbook = useQuery({ queryKey: ['playbook'], queryFn: reminder.playbook, staleTime: 60_000 })
  return (
    <Loaded query={playbook} lines={6}>
      {({ body }) => <QuestionWay playbook={body} language={locale.toLowerCase().startsWith('zh') ? 'zh' : 'en'} onScam={onScam} />}
    </Loaded>
  )
}
