import table from '../design/Table.module.css'
import styles from './Quality.module.css'

interface ChoicesProps<Choice extends string> {
  label: string
  all: readonly Choice[]
  chosen: readonly Choice[]
  nameOf: (choice: Choice) => string
  onChange: (chosen: Choice[]) => void
}

/** Any number of a few. */
export function Choices<Choice extends string>({ label, all, chosen, nameOf, onChange }: ChoicesProps<Choice>) {
  return (
    <fieldset className={styles['group']}>
      <legend>{label}</legend>
      <div className={styles['choices']}>
        {all.map((choice) => (
          <label key={choice} className={table['check']}>
            <input type="checkbox" checked={chosen.includes(choice)} onChange={() => onChange(chosen.includes(choice) ? chosen.filter((one) => one !== choice) : [...chosen, choice])} />
            {nameOf(choice)}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
