import { useTranslation } from 'react-i18next'
import { Button } from '../design/Button'
import table from '../design/Table.module.css'

interface OrderButtonsProps {
  /** Of the list: the focus follows what was moved. */
  list: string
  /** What is moved, for those who do not see it. */
  name: string
  index: number
  count: number
  /** Fewer there may not be. */
  fewest: number
  onMove: (by: -1 | 1) => void
  onRemove: () => void
}

/** Up, down, away: by keyboard as by mouse. */
export function OrderButtons({ list, name, index, count, fewest, onMove, onRemove }: OrderButtonsProps) {
  const { t } = useTranslation()
  const idOf = (place: number, way: string) => `${list}-${place}-${way}`

  const mover = (way: 'up' | 'down', by: -1 | 1, possible: boolean) => (
    <Button
      id={idOf(index, way)}
      look="quiet"
      aria-label={`${t(`playbookEditor.${way}`)}: ${name}`}
      aria-disabled={!possible}
      onClick={() => {
        if (!possible) return
        onMove(by)
        requestAnimationFrame(() => document.getElementById(idOf(index + by, way))?.focus())
      }}
    >
      <span aria-hidden>{way === 'up' ? '↑' : '↓'}</span>
    </Button>
  )
  return (
    <div className={table['actions']}>
      {mover('up', -1, index > 0)}
      {mover('down', 1, index < count - 1)}
      <Button look="quiet" aria-label={`${t('playbookEditor.remove')}: ${name}`} disabled={count <= fewest} onClick={onRemove}>
        {t('playbookEditor.remove')}
      </Button>
    </div>
  )
}
