import type { ButtonHTMLAttributes, ReactNode } from 'react'
import styles from './Button.module.css'

type Look = 'primary' | 'plain' | 'danger' | 'quiet'

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: Look
  large?: boolean
  /** Work under way: the button keeps its size and its focus, and ignores presses. */
  busy?: boolean
  /** A key that does the same, shown on the button. */
  hint?: ReactNode
}

export function Button({ look = 'plain', large, busy, hint, className, children, onClick, ...rest }: ButtonProps) {
  const names = [styles['button'], styles[look], large && styles['large'], className].filter(Boolean).join(' ')
  return (
    <button
      type="button"
      className={names}
      aria-busy={busy || undefined}
      // A disabled button loses the keyboard's focus; a busy one only ignores the press.
      onClick={busy ? (event) => event.preventDefault() : onClick}
      {...rest}
    >
      <span className={busy ? styles['working'] : undefined}>{children}</span>
      {hint !== undefined && <kbd className={styles['hint']}>{hint}</kbd>}
    </button>
  )
}
