import { useEffect, useRef, useSyncExternalStore } from 'react'

const storageKey = 'single-keys'
const listeners = new Set<() => void>()

/** People who steer by voice or with a shaky hand need to be able to turn single keys off (WCAG 2.1.4). */
export const singleKeys = {
  on: () => localStorage.getItem(storageKey) !== 'off',
  set(on: boolean) {
    localStorage.setItem(storageKey, on ? 'on' : 'off')
    for (const listener of listeners) listener()
  },
  subscribe(listener: () => void) {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
}

export function useSingleKeys(): boolean {
  return useSyncExternalStore(singleKeys.subscribe, singleKeys.on)
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement) return !['radio', 'checkbox', 'button'].includes(target.type)
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable
}

/** A letter stays the same letter with Alt held, where some systems type another sign. */
function keyOf(event: KeyboardEvent): string {
  const physical = /^(?:Key|Digit)(.)$/.exec(event.code)?.[1]
  if (event.altKey && physical) return physical.toLowerCase()
  return event.key.length === 1 ? event.key.toLowerCase() : event.key
}

/**
 * Shortcuts of a page. `m` means the key M outside a field, and Alt+M everywhere; `ctrl+enter` works
 * everywhere. Nothing happens while a dialog is open, unless `inDialog`.
 */
export function useKeys(keys: Record<string, () => void>, { inDialog = false } = {}): void {
  const latest = useRef(keys)
  useEffect(() => {
    latest.current = keys
  })
  useEffect(() => {
    function onKey(event: KeyboardEvent): void {
      if (event.repeat || event.isComposing || event.defaultPrevented) return
      if (!inDialog && document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]') !== null) return
      const control = event.ctrlKey || event.metaKey
      if (!control && !event.altKey && (isTyping(event.target) || !singleKeys.on())) return
      const act = latest.current[control ? `ctrl+${event.key.toLowerCase()}` : keyOf(event)]
      if (act === undefined) return
      event.preventDefault()
      act()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [inDialog])
}
