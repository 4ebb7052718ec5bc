/** A password has at least so many characters. */
export const shortestPassword = 12

const fewestDifferent = 6

/** @returns what is wrong with a password that somebody chooses; undefined when it will do */
export function passwordFault(password: string, { name, email }: { name: string; email: string }): string | undefined {
  if (password.length < shortestPassword) return `expected at least ${shortestPassword} characters`
  if (new Set(password).size < fewestDifferent) return `expected at least ${fewestDifferent} different characters`
  const lower = password.toLowerCase()
  const own = [name, email, email.split('@')[0] ?? ''].map((word) => word.toLowerCase().trim()).filter((word) => word.length >= 4)
  return own.some((word) => lower.includes(word)) ? 'expected neither your name nor your address in it' : undefined
}
