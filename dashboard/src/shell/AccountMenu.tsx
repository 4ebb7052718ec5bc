import { DropdownMenu } from 'radix-ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { User } from '../api/session'
import { Button } from '../design/Button'
import menu from '../design/Menu.module.css'
import { OwnSessions } from '../session/OwnSessions'
import { chooseTheme, readTheme, themes, type Theme } from './theme'

export function AccountMenu({ user, onSignOut }: { user: User; onSignOut: () => void }) {
  const { t } = useTranslation()
  const [theme, setTheme] = useState(readTheme)
  const [sessionsShown, setSessionsShown] = useState(false)
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>
        <Button look="quiet" aria-label={`${t('account.label')}: ${user.name}`}>
          {user.name} <span aria-hidden>▾</span>
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className={menu['menu']} align="end" sideOffset={6}>
          <DropdownMenu.Label className={menu['label']}>
            {t(`account.role.${user.role}`)} · {user.email}
          </DropdownMenu.Label>
          <div className={menu['rule']} />
          <DropdownMenu.Label className={menu['label']}>{t('theme.label')}</DropdownMenu.Label>
          <DropdownMenu.RadioGroup
            value={theme}
            onValueChange={(chosen) => {
              chooseTheme(chosen as Theme)
              setTheme(chosen as Theme)
            }}
          >
            {themes.map((each) => (
              <DropdownMenu.RadioItem key={each} value={each} className={menu['item']}>
                {t(`theme.${each}`)}
                <DropdownMenu.ItemIndicator>✓</DropdownMenu.ItemIndicator>
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
          <div className={menu['rule']} />
          <DropdownMenu.Item className={menu['item']} onSelect={() => setSessionsShown(true)}>
            {t('account.sessions')}
          </DropdownMenu.Item>
          <DropdownMenu.Item className={menu['item']} onSelect={onSignOut}>
            {t('account.signOut')}
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
      {sessionsShown && <OwnSessions onClose={() => setSessionsShown(false)} />}
    </DropdownMenu.Root>
  )
}
