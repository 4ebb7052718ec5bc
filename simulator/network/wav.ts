const sampleRate = 8_000
const longestSeconds = 300

/**
 * A WAV file of that many seconds (five minutes at most): 8 kHz, 16 bit, a soft 440 Hz hum. What was said is in the
 * transcript; this is there so that players, downloads and retention have real media to work with.
 */
export function hum(seconds: number, channels = 1): Buffer {
  const frames = Math.max(1, Math.min(longestSeconds, seconds)) * sampleRate
  const bytes = frames * channels * 2
  const file = Buffer.alloc(44 + bytes)
  file.write('RIFF', 0)
  file.writeUInt32LE(36 + bytes, 4)
  file.write('WAVEfmt ', 8)
  file.writeUInt32LE(16, 16)
  file.writeUInt16LE(1, 20)
  file.writeUInt16LE(channels, 22)
  file.writeUInt32LE(sampleRate, 24)
  file.writeUInt32LE(sampleRate * channels * 2, 28)
  file.writeUInt16LE(channels * 2, 32)
  file.writeUInt16LE(16, 34)
  file.write('data', 36)
  file.writeUInt32LE(bytes, 40)
  for (let frame = 0; frame < frames; frame++) {
    const sample = Math.round(1_500 * Math.sin((2 * Math.PI * 440 * frame) / sampleRate))
    for (let c = 0; c < channels; c++) file.writeInt16LE(sample, 44 + (frame * channels + c) * 2)
  }
  return file
}
