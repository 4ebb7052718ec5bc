export interface Meter {
  /** From 0 (-60 dBFS or less) to 1. */
  level(): number
  stop(): void
}

const quietestDecibels = -60
let context: AudioContext | undefined

/** How loud a stream is. */
export function createMeter(stream: MediaStream): Meter {
  context ??= new AudioContext()
  const source = context.createMediaStreamSource(stream)
  const analyser = context.createAnalyser()
  analyser.fftSize = 1_024
  source.connect(analyser)
  const samples = new Float32Array(analyser.fftSize)
  return {
    level() {
      // A page that was reloaded in a call may not run it before the first click.
      if (context?.state === 'suspended') void context.resume()
      analyser.getFloatTimeDomainData(samples)
      const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length
      return Math.min(1, Math.max(0, 1 - (10 * Math.log10(power + 1e-12)) / quietestDecibels))
    },
    stop: () => source.disconnect(),
  }
}
