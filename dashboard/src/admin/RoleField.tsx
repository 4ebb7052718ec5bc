import { useTranslation } from 'react-i18next'
import { roles, type Role } from '../../../domain/roles'
import { Field } from '../design/Field'

export function RoleField({ role, onChange }: { role: Role; onChange: (role: Role) => void }) {
  const { t } = useTranslation()
  return (
    <Field label={t('admin.users.role')}>
      <select value={role} onChange={(event) => onChange(event.target.value as Role)}>
        {roles.map((each) => (
          <option key={each} value={each}>
            {t(`account.role.${each}`)}
          </option>
        ))}
      </select>
    </Field>
  )
}
