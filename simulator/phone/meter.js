let context

/** One for the whole page; it stays silent until the person has clicked somewhere. */
export function audioContext() {
  context ??= new AudioContext()
  if (context.state === 'suspended') void context.resume()
  return context
}

const quietestDecibels = -60

/** How loud a stream is now, from 0 (-60 dBFS or less) to 1. */
export function createMeter(stream) {
  const source = audioContext().createMediaStreamSource(stream)
  const analyser = context.createAnalyser()
  analyser.fftSize = 1_024
  source.connect(analyser)
  const samples = new Float32Array(analyser.fftSize)
  return {
    level() {
      analyser.getFloatTimeDomainData(samples)
      const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length
      return Math.min(1, Math.max(0, 1 - (10 * Math.log10(power + 1e-12)) / quietestDecibels))
    },
    stop: () => source.disconnect(),
  }
}
