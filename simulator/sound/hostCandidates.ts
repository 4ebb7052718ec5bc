/**
 * A session description without the addresses that lie outside this machine and its network: the simulator
 * stands in for a telephone, and nobody's voice has to leave the house for that.
 */
export function hostCandidatesOnly(sdp: string): string {
  return sdp
    .split('\r\n')
    .filter((line) => !line.startsWith('a=candidate:') || / typ host\b/.test(line))
    .join('\r\n')
}
