/** Asks the app's backend. @throws Error with the problem's own sentence */
export async function ask(method, path, body) {
  const response = await fetch(`/sim/wallet${path}`, {
    method,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  })
  const answer = await response.json().catch(() => undefined)
  if (!response.ok) throw new Error(answer?.detail ?? `HTTP ${response.status}`)
  return answer
}

/** The same under a person's own address. */
export const askFor = (person, method, path, body) => ask(method, `/people/${encodeURIComponent(person.id)}${path}`, body)
