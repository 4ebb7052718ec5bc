/** What was said and pressed on the call, if there is one. */
export function drawTranscript(list, call, { language, text }) {
  const items = (call?.transcript ?? []).map(({ who, kind, text: said }) => {
    const item = document.createElement('li')
    const speaker = document.createElement('b')
    const mine = who === (call.direction === 'inbound' ? call.from : call.to)
    item.className = mine ? 'mine' : ''
    speaker.textContent = mine ? text('you') : text(who)
    item.append(speaker, ` ${kind === 'keys' ? `${text('pressed')} ${said}` : kind === 'sound' ? `♪ ${said}` : said}`)
    return item
  })
  // Redrawn only when it grew: a screen reader would read all of it again.
  if (items.length === list.children.length && list.dataset.language === language && list.dataset.call === call?.callSid) return
  list.dataset.language = language
  list.dataset.call = call?.callSid ?? ''
  list.replaceChildren(...items)
  list.scrollTop = list.scrollHeight
}

export function drawMessages(list, messages, language) {
  if (messages.length === list.children.length) return
  list.replaceChildren(
    ...messages.toReversed().map(({ at, body }) => {
      const item = document.createElement('li')
      const time = document.createElement('time')
      time.dateTime = at
      time.textContent = new Date(at).toLocaleTimeString(language)
      item.append(time, ` ${body}`)
      return item
    }),
  )
}
