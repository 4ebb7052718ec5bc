import styles from './Ring.module.css'

interface RingProps {
  /** 1 = all the time is left, 0 = none. */
  left: number
  /** What stands in the ring. */
  children: string
  /** The same, said in full. */
  label: string
  urgent?: boolean
}

const circumference = 2 * Math.PI * 44

/** Time that runs out, as a ring with the seconds in it. */
export function Ring({ left, label, urgent, children }: RingProps) {
  return (
    <svg className={styles['ring']} viewBox="0 0 100 100" role="img" aria-label={label}>
      <circle className={styles['track']} cx="50" cy="50" r="44" />
      <circle
        className={urgent ? styles['urgent'] : styles['left']}
        cx="50"
        cy="50"
        r="44"
        strokeDasharray={circumference}
        strokeDashoffset={circumference * (1 - Math.min(1, Math.max(0, left)))}
        transform="rotate(-90 50 50)"
      />
      <text className={styles['text']} x="50" y="50" dominantBaseline="central" textAnchor="middle">
        {children}
      </text>
    </svg>
  )
}
