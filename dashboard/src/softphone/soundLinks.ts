const gatheringMillis = 1_000
const patienceMillis = 8_000

/** What the edge says about the other end of one connection. */
export interface WantedLink {
  link: string
  /** Of the two ends this one makes the offer. */
  offers: boolean
  /** Whether our microphone may go there. */
  sends: boolean
  /** Whether we may hear what comes from there. */
  hears: boolean
}

export interface Description {
  link: string
  description: { type: 'offer' | 'answer'; sdp: string }
}

interface Link extends WantedLink {
  connection: RTCPeerConnection
  audio: HTMLAudioElement
  stream: MediaStream | null
  turn: Promise<void>
  timer?: ReturnType<typeof setTimeout>
}

export interface SoundLinks {
  /** Brings the connections in line with what the edge says. */
  set(wanted: WantedLink[]): void
  take(description: Description): void
  /** Null: nothing leaves this browser. */
  speakInto(track: MediaStreamTrack | null): void
  playOn(speaker: string | null): void
  connected(): boolean
  streams(): MediaStream[]
  heard(): boolean
  close(): void
}

interface Ends {
  send(message: Description): Promise<void>
  /** Somebody can be heard now, or no longer. */
  onChange(): void
}

/** One connection, from browser to browser, for each other party of the call. */
export function createSoundLinks({ send, onChange }: Ends): SoundLinks {
  const links = new Map<string, Link>()
  let microphone: MediaStreamTrack | null = null
  let speaker: string | null = null

  function open(wanted: WantedLink): Link {
    const connection = new RTCPeerConnection({ iceServers: [] })
    const audio = document.createElement('audio')
    audio.autoplay = true
    const link: Link = { ...wanted, connection, audio, stream: null, turn: Promise.resolve() }
    if (link.offers) connection.addTransceiver('audio', { direction: 'sendrecv' })
    connection.addEventListener('track', ({ track }) => {
      link.stream = new MediaStream([track])
      // Chrome hands sound to nobody, not even to a meter, unless an element plays it.
      audio.srcObject = link.stream
      direct(link)
      document.body.append(audio)
      onChange()
    })
    connection.addEventListener('connectionstatechange', () => {
      onChange()
      if (connection.connectionState === 'failed' && link.offers) inTurn(link, () => offer(link))
    })
    return link
  }

  async function offer(link: Link): Promise<void> {
    const { connection } = link
    clearTimeout(link.timer)
    aim(link)
    await connection.setLocalDescription(await connection.createOffer({ iceRestart: connection.remoteDescription !== null }))
    await gathered(connection)
    // An offer that was lost on the way would leave both waiting for each other.
    link.timer = setTimeout(() => connection.connectionState !== 'connected' && inTurn(link, () => offer(link)), patienceMillis)
    await tell(link)
  }

  async function answer(link: Link, { type, sdp }: Description['description']): Promise<void> {
    const { connection } = link
    // The answer to an offer that was made anew in the meantime.
    if (type === 'answer' && connection.signalingState !== 'have-local-offer') return
    await connection.setRemoteDescription({ type, sdp })
    if (type !== 'offer') return
    for (const transceiver of connection.getTransceivers()) transceiver.direction = 'sendrecv'
    aim(link)
    await connection.setLocalDescription(await connection.createAnswer())
    await gathered(connection)
    await tell(link)
  }

  async function tell({ link, connection }: Link): Promise<void> {
    const { type, sdp } = connection.localDescription!
    if (type === 'offer' || type === 'answer') await send({ link, description: { type, sdp } })
  }

  /** Nothing leaves this browser for somebody who may not hear it, and nothing is played that may not be heard. */
  function aim({ connection, audio, sends, hears }: Link): void {
    audio.muted = !hears
    const track = sends ? microphone : null
    for (const { sender } of connection.getTransceivers()) {
      if (sender.track !== track) sender.replaceTrack(track).catch((cause: unknown) => console.warn('microphone not switched', cause))
    }
  }

  function direct({ audio }: Link): void {
    // A speaker that was unplugged: the browser's own choice is better than silence.
    if (speaker !== null || audio.sinkId) audio.setSinkId?.(speaker ?? '').catch((cause: unknown) => console.warn('speaker not switched', cause))
  }

  /** Descriptions of one link are worked on one after the other. */
  function inTurn(link: Link, work: () => Promise<void>): void {
    link.turn = link.turn.then(work).catch((cause: unknown) => {
      if (links.get(link.link) === link) console.warn('sound not connected', cause)
    })
  }

  function drop(link: Link): void {
    links.delete(link.link)
    clearTimeout(link.timer)
    link.connection.close()
    link.audio.srcObject = null
    link.audio.remove()
  }

  return {
    set(wanted) {
      const names = new Set(wanted.map(({ link }) => link))
      for (const link of links.values()) if (!names.has(link.link)) drop(link)
      for (const each of wanted) {
        const known = links.get(each.link)
        const link = known ?? open(each)
        links.set(each.link, Object.assign(link, each))
        aim(link)
        if (!known && link.offers) inTurn(link, () => offer(link))
      }
      onChange()
    },
    take({ link: name, description }) {
      const link = links.get(name)
      if (link) inTurn(link, () => answer(link, description))
    },
    speakInto(track) {
      microphone = track
      for (const link of links.values()) aim(link)
    },
    playOn(id) {
      speaker = id
      for (const link of links.values()) direct(link)
    },
    connected: () => [...links.values()].some(({ connection }) => connection.connectionState === 'connected'),
    streams: () => [...links.values()].flatMap(({ hears, stream }) => (hears && stream ? [stream] : [])),
    heard: () => microphone !== null && [...links.values()].some(({ sends }) => sends),
    close() {
      for (const link of links.values()) drop(link)
    },
  }
}

/** There are only this machine's own addresses to gather, which takes milliseconds; so they travel inside the description. */
function gathered(connection: RTCPeerConnection): Promise<void> {
  if (connection.iceGatheringState === 'complete') return Promise.resolve()
  return new Promise((resolve) => {
    setTimeout(resolve, gatheringMillis)
    connection.addEventListener('icegatheringstatechange', () => connection.iceGatheringState === 'complete' && resolve())
  })
}
