/** `+8613800000001` → `+86138****0001`: country and the last four stay, enough to recognise, not to call. */
export function maskPhone(phone: string): string {
  if (phone.length <= 8) return '****'
  return `${phone.slice(0, Math.min(6, phone.length - 8))}****${phone.slice(-4)}`
}

/** `李先生` → `李**`, `Maria Lopez` → `M**** L****`: the first letter of each part stays. */
export function maskName(name: string): string {
  return name
    .split(/\s+/)
    .filter(Boolean)
    .map((part) => {
      const [first = '', ...rest] = Array.from(part)
      return first + '*'.repeat(Math.min(4, rest.length))
    })
    .join(' ')
}
