import { useLayoutEffect, useRef, useState, type RefObject } from 'react'

export interface Fitting {
  row: RefObject<HTMLDivElement | null>
  count: number
  /** Pixels of the row behind the last child in sight. */
  unused: number
}

/**
 * How many children of a row are wholly in sight. They keep their places whether they are or not, so the answer
 * does not change what is measured.
 * @param language what the widths depend on beside the window
 */
export function useFitting(count: number, language: string): Fitting {
  const row = useRef<HTMLDivElement>(null)
  const [fitting, setFitting] = useState({ count, unused: 0 })
  useLayoutEffect(() => {
    const element = row.current
    if (element === null) return
    const measure = () => {
      const ends = ([...element.children] as HTMLElement[]).map((child) => child.offsetLeft + child.offsetWidth)
      const seen = ends.filter((end) => end <= element.clientWidth + 1)
      setFitting({ count: seen.length, unused: Math.max(0, element.clientWidth - (seen.at(-1) ?? 0)) })
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    for (const child of element.children) observer.observe(child)
    return () => observer.disconnect()
  }, [count, language])
  return { row, ...fitting }
}
