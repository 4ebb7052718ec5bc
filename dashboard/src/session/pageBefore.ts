const key = 'page-before-sign-in'

/** The identity provider sends everybody back to the start page; where they were is kept in this tab meanwhile. */
export function keepPageBefore(): void {
  const { pathname, search } = window.location
  if (pathname !== '/') sessionStorage.setItem(key, pathname + search)
}

/** The page that was kept, once. */
export function takePageBefore(): string | undefined {
  const page = sessionStorage.getItem(key)
  sessionStorage.removeItem(key)
  return page ?? undefined
}
