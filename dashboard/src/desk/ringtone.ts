/** An incoming case as a sound, made here so that it needs no file and no loading. */
export interface Ringtone {
  start(): void
  stop(): void
  /** One ring, so that the agent can check the headset. */
  once(): void
}

export function createRingtone(): Ringtone {
  let context: AudioContext | undefined
  let timer: ReturnType<typeof setInterval> | undefined

  function ring(): void {
    // Browsers permit sound only after the person has used the page; going available is enough.
    context ??= new AudioContext()
    void context.resume()
    const start = context.currentTime + 0.02
    for (const [offset, pitch] of [
      [0, 660],
      [0.18, 880],
      [0.5, 660],
      [0.68, 880],
    ] as const) {
      const tone = context.createOscillator()
      const volume = context.createGain()
      tone.frequency.value = pitch
      tone.type = 'sine'
      volume.gain.setValueAtTime(0, start + offset)
      volume.gain.linearRampToValueAtTime(0.25, start + offset + 0.02)
      volume.gain.exponentialRampToValueAtTime(0.001, start + offset + 0.17)
      tone.connect(volume).connect(context.destination)
      tone.start(start + offset)
      tone.stop(start + offset + 0.18)
    }
  }

  return {
    once: ring,
    start() {
      if (timer !== undefined) return
      ring()
      timer = setInterval(ring, 2_000)
    },
    stop() {
      clearInterval(timer)
      timer = undefined
    },
  }
}

export const ringtone = createRingtone()
