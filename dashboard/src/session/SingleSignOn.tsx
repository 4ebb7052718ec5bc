import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { singleSignOnAddress } from '../api/session'
import { Button } from '../design/Button'
import { Notice } from '../design/Notice'
import { keepPageBefore } from './pageBefore'

/** As the server names them in the address that it sends the browser back to. */
const refusals = ['unavailable', 'expired', 'no_role', 'no_email', 'address_taken', 'deactivated'] as const

/** The button that leads to the identity provider, and why that did not work the last time. */
export function SingleSignOn() {
  const { t } = useTranslation()
  const [leaving, setLeaving] = useState(false)
  const given = new URLSearchParams(window.location.search).get('sign-in')
  const refusal = refusals.find((each) => each === given)
  return (
    <>
      {refusal && (
        <Notice tone="danger" urgent>
          {t(`signIn.refused.${refusal}`)}
        </Notice>
      )}
      <Button
        look="primary"
        large
        autoFocus
        busy={leaving}
        onClick={() => {
          setLeaving(true)
          keepPageBefore()
          window.location.assign(singleSignOnAddress)
        }}
      >
        {t('signIn.singleSignOn')}
      </Button>
    </>
  )
}
