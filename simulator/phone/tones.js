import { audioContext } from './meter.js'

const ringEveryMillis = 3_000
const columns = [1209, 1336, 1477]
const rows = {
  1: [697, 0],
  2: [697, 1],
  3: [697, 2],
  4: [770, 0],
  5: [770, 1],
  6: [770, 2],
  7: [852, 0],
  8: [852, 1],
  9: [852, 2],
  '*': [941, 0],
  0: [941, 1],
  '#': [941, 2],
}

function sound(pitches, seconds, volume, warble = 0) {
  const context = audioContext()
  if (context.state !== 'running') return
  const gain = context.createGain()
  const end = context.currentTime + seconds
  gain.gain.setValueAtTime(volume, context.currentTime)
  gain.gain.setTargetAtTime(0, end - 0.03, 0.01)
  gain.connect(context.destination)
  const oscillators = pitches.map((pitch) => new OscillatorNode(context, { frequency: pitch }))
  oscillators.forEach((oscillator) => oscillator.connect(gain))
  if (warble) {
    const beat = new OscillatorNode(context, { frequency: warble, type: 'square' })
    beat.connect(new GainNode(context, { gain: volume })).connect(gain.gain)
    oscillators.push(beat)
  }
  for (const oscillator of oscillators) {
    oscillator.start()
    oscillator.stop(end)
  }
}

/** The bell: two pitches that warble for a second, again every three seconds until it is stopped. */
export function createBell() {
  let timer = null
  const ring = () => sound([800, 1_000], 1.2, 0.12, 20)
  return {
    ring(on) {
      if (on === (timer !== null)) return
      clearInterval(timer)
      timer = on ? setInterval(ring, ringEveryMillis) : null
      if (on) ring()
    },
    /** A browser lets a page sound only after the person has used it. */
    silent: () => timer !== null && audioContext().state !== 'running',
  }
}

/** What a key sounds like to the one who presses it. */
export function playKey(key) {
  const [row, column] = rows[key]
  sound([row, columns[column]], 0.15, 0.08)
}
