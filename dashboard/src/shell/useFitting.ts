import { useLayoutEffect, useRef, useState, type RefObject } from 'react'

export interface Fitting {
  row: RefObject<HTMLDivElement | null>
  count: number
}

/**
 * How many children of a row are wholly in sight. They keep their places whether they are or not, so the answer
 * does not change what is measured.
 */
export function useFitting(count: number): Fitting {
  const row = useRef<HTMLDivElement>(null)
  const [fitting, setFitting] = useState(count)
  // After each rendering: the children, their number and their language may be others.
  useLayoutEffect(() => {
    const element = row.current
    if (element === null) return
    const measure = () => {
      const children = [...element.children] as HTMLElement[]
      setFitting(children.filter((child) => child.offsetLeft + child.offsetWidth <= element.clientWidth + 1).length)
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    for (const child of element.children) observer.observe(child)
    return () => observer.disconnect()
  })
  return { row, count: fitting }
}
