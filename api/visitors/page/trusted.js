import { element, say, send } from './page.js'

element('answers').addEventListener('submit', async (event) => {
  event.preventDefault()
  const { status } = await send('trusted-answers', { link: location.hash.slice(1), answer: event.submitter.value })
  if (status === 204) say(element('answer'), 'thanks', 'good')
  else say(element('answer'), status === 404 || status === 422 ? 'gone' : status === 429 ? 'tooMany' : 'away', 'stop')
})
