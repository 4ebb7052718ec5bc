import type { ReactNode, Ref } from 'react'

interface ScrollAreaProps {
  label: string
  className?: string | undefined
  role?: 'region' | 'log'
  ref?: Ref<HTMLDivElement>
  children: ReactNode
}

/** What scrolls by itself must be reachable by the keyboard, and then needs a name. */
export function ScrollArea({ label, role = 'region', children, ...rest }: ScrollAreaProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the keyboard's only way to scroll it
    <div tabIndex={0} role={role} aria-label={label} {...rest}>
      {children}
    </div>
  )
}
