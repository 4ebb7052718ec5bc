import styles from './Icon.module.css'

const paths = {
  lock: 'M5.5 9V6.5a4.5 4.5 0 0 1 9 0V9M4 9h12v8.5H4z',
  unlock: 'M5.5 9V6.5a4.5 4.5 0 0 1 8.6-1.8M4 9h12v8.5H4z',
  check: 'M4 10.5l4 4 8-9',
  cross: 'M5 5l10 10M15 5L5 15',
  warning: 'M10 3l8 14H2zM10 8v4M10 14.5v.2',
  phone: 'M4 3h3.5l1.5 4-2 1.5a10 10 0 0 0 4.5 4.5l1.5-2 4 1.5V16a1.5 1.5 0 0 1-1.7 1.5A13.5 13.5 0 0 1 2.5 4.7 1.5 1.5 0 0 1 4 3z',
  money: 'M2.5 5.5h15v9h-15zM10 7.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z',
  person: 'M10 3a3.2 3.2 0 1 0 0 6.4A3.2 3.2 0 0 0 10 3zM3.5 17c.6-3.6 3.2-5.4 6.5-5.4s5.9 1.8 6.5 5.4',
  flag: 'M5 17V3.5h9.5l-2 3.5 2 3.5H5',
  eye: 'M2 10c2-3.7 4.8-5.5 8-5.5s6 1.8 8 5.5c-2 3.7-4.8 5.5-8 5.5S4 13.7 2 10zM10 7.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z',
  dot: 'M10 7a3 3 0 1 0 0 6 3 3 0 0 0 0-6z',
} as const

export type IconName = keyof typeof paths

/** Only ever beside words, so it is hidden from screen readers. Drawn here: emoji look different everywhere. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className={styles['icon']} viewBox="0 0 20 20" aria-hidden focusable="false">
      <path d={paths[name]} />
    </svg>
  )
}
