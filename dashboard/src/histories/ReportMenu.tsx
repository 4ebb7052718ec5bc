import { DropdownMenu } from 'radix-ui'
import { useTranslation } from 'react-i18next'
import { supervision } from '../api/supervision'
import { Button } from '../design/Button'
import menu from '../design/Menu.module.css'
import { useSession } from '../session/useSession'

/** The case as a PDF for a regulator, in the reader's language and time zone. */
export function ReportMenu({ caseId }: { caseId: string }) {
  const { t, i18n } = useTranslation()
  const role = useSession().data?.role
  if (role !== 'supervisor' && role !== 'compliance') return null
  const address = (personalData: 'masked' | 'full') => supervision.reportAddress(caseId, { language: i18n.language, personalData })
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>
        <Button>
          {t('supervision.case.report')} <span aria-hidden>▾</span>
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className={menu['menu']} align="end" sideOffset={6}>
          {(['masked', 'full'] as const).map((personalData) => (
            <DropdownMenu.Item key={personalData} className={menu['item']} asChild>
              <a href={address(personalData)} download>
                {t(`supervision.case.report_${personalData}`)}
              </a>
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
