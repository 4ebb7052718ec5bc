/** Simulated milliseconds that a voice needs for the text: about 150 words or 240 characters of Chinese a minute. */
export function speakingMs(text: string): number {
  const ideographs = text.match(/[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/g)?.length ?? 0
  const words = text.replace(/[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/g, ' ').match(/[\p{L}\p{N}]+/gu)?.length ?? 0
  return 300 + ideographs * 250 + words * 400
}
