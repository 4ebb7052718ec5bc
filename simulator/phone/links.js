const gatheringMillis = 1_000
const patienceMillis = 8_000

/**
 * One connection for each other party of the call. The simulator names them and says who may hear whom.
 * @param send hands a description to the page at the other end of a link
 * @param onChange is told whenever somebody can be heard now or no longer
 */
export function createLinks({ send, onChange }) {
  const links = new Map()
  let microphone = null

  /** Brings the connections in line with what the simulator says. */
  function set(wanted) {
    const names = new Set(wanted.map(({ link }) => link))
    for (const link of links.values()) if (!names.has(link.name)) drop(link)
    for (const { link: name, offers, sends, hears } of wanted) {
      const known = links.get(name)
      const link = known ?? open(name, offers)
      Object.assign(link, { sends, hears })
      aim(link)
      if (!known && offers) inTurn(link, () => offer(link))
    }
    onChange()
  }

  function open(name, offers) {
    const connection = new RTCPeerConnection({ iceServers: [] })
    const audio = document.createElement('audio')
    audio.autoplay = true
    const link = { name, offers, connection, audio, stream: null, turn: Promise.resolve(), timer: null }
    links.set(name, link)
    if (offers) connection.addTransceiver('audio', { direction: 'sendrecv' })
    connection.addEventListener('track', ({ track }) => {
      link.stream = new MediaStream([track])
      // Chrome hands sound to nobody, not even to a meter, unless an element plays it.
      audio.srcObject = link.stream
      document.body.append(audio)
      onChange()
    })
    connection.addEventListener('connectionstatechange', () => {
      onChange()
      if (connection.connectionState === 'failed' && offers) inTurn(link, () => offer(link))
    })
    return link
  }

  async function offer(link) {
    const { connection } = link
    clearTimeout(link.timer)
    aim(link)
    await connection.setLocalDescription(await connection.createOffer({ iceRestart: connection.remoteDescription !== null }))
    await gathered(connection)
    // An offer that was lost on the way would leave both waiting for each other.
    link.timer = setTimeout(() => connection.connectionState !== 'connected' && inTurn(link, () => offer(link)), patienceMillis)
    await send(link.name, connection.localDescription)
  }

  function take({ link: name, description }) {
    const link = links.get(name)
    if (!link) return
    inTurn(link, async () => {
      const { connection } = link
      // The answer to an offer that was made anew in the meantime.
      if (description.type === 'answer' && connection.signalingState !== 'have-local-offer') return
      await connection.setRemoteDescription(description)
      if (description.type !== 'offer') return
      for (const transceiver of connection.getTransceivers()) transceiver.direction = 'sendrecv'
      aim(link)
      await connection.setLocalDescription(await connection.createAnswer())
      await gathered(connection)
      await send(name, connection.localDescription)
    })
  }

  /** Nothing leaves this browser for somebody who may not hear it, and nothing is played that may not be heard. */
  function aim({ connection, audio, sends, hears }) {
    audio.muted = !hears
    for (const { sender } of connection.getTransceivers()) {
      const track = sends ? microphone : null
      if (sender.track !== track) sender.replaceTrack(track).catch((error) => console.warn('microphone not switched', error))
    }
  }

  /** Descriptions of one link are worked on one after the other. */
  function inTurn(link, work) {
    link.turn = link.turn.then(work).catch((error) => {
      if (links.get(link.name) === link) console.warn('sound not connected', error)
    })
  }

  function drop(link) {
    links.delete(link.name)
    clearTimeout(link.timer)
    link.connection.close()
    link.audio.srcObject = null
    link.audio.remove()
  }

  return {
    set,
    take,
    speakInto(track) {
      microphone = track
      for (const link of links.values()) aim(link)
    },
    connected: () => [...links.values()].some(({ connection }) => connection.connectionState === 'connected'),
    /** What may be heard now. */
    streams: () => [...links.values()].filter(({ hears, stream }) => hears && stream).map(({ stream }) => stream),
    /** Whether anybody may hear this page. */
    heard: () => [...links.values()].some(({ sends }) => sends),
    close() {
      for (const link of links.values()) drop(link)
    },
  }
}

/** There are only this machine's own addresses to gather, which takes milliseconds; so they travel inside the description. */
function gathered(connection) {
  if (connection.iceGatheringState === 'complete') return Promise.resolve()
  return new Promise((resolve) => {
    setTimeout(resolve, gatheringMillis)
    connection.addEventListener('icegatheringstatechange', () => connection.iceGatheringState === 'complete' && resolve())
  })
}
