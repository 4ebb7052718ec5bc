/** Somebody whom the identity provider vouches for. */
export interface Identity {
  issuer: string
  /** Theirs for ever, at that issuer. */
  subject: string
  email: string | undefined
  /** The provider has made sure that the address is theirs. */
  emailVerified: boolean
  name: string | undefined
  locale: string | undefined
}
