import { createHmac } from 'node:crypto'

/**
 * The `X-Twilio-Signature` of a request: base64 of HMAC-SHA1 over the URL (query included, fragment
 * excluded) followed by each form field's name and value, sorted by name.
 */
export function signature(authToken: string, url: string, fields: Record<string, string> = {}): string {
  const text = Object.keys(fields)
    .sort()
    .reduce((sum, name) => sum + name + fields[name], url)
  return createHmac('sha1', authToken).update(text, 'utf8').digest('base64')
}
