import { DOMParser, onErrorStopParsing, type Element } from '@xmldom/xmldom'
import { grammar } from './grammar'

export interface Verb {
  name: string
  attributes: Readonly<Record<string, string>>
  children: Verb[]
  /** Its text, white space collapsed, SSML markup dropped. */
  text: string
}

export interface Document {
  verbs: Verb[]
  /** What Twilio would only warn of (12200): attributes that nobody reads. */
  warnings: string[]
}

/** The document cannot be carried out: the caller hears that an application error has occurred. */
export class ApplicationError extends Error {
  constructor(
    /** Twilio's error code. */
    readonly code: number,
    message: string,
    readonly url: string | null = null,
  ) {
    super(message)
    this.name = 'ApplicationError'
  }
}

/** Parses TwiML, refusing whatever is not well-formed, not a `<Response>`, or an element where none may be. */
export function parseTwiml(xml: string): Document {
  let root: Element | null
  try {
    root = new DOMParser({ onError: onErrorStopParsing }).parseFromString(xml.trim(), 'text/xml').documentElement
  } catch (error) {
    throw new ApplicationError(12100, `Document parse failure: ${(error as Error).message.split('\n')[0]}`)
  }
  if (root?.nodeName !== 'Response') throw new ApplicationError(12101, `The root element must be <Response>, not <${root?.nodeName}>`)
  const warnings: string[] = []
  return { verbs: read(root, warnings).children, warnings }
}

function read(element: Element, warnings: string[]): Verb {
  const rule = grammar[element.nodeName]!
  const children: Verb[] = []
  let text = ''
  for (let node = element.firstChild; node; node = node.nextSibling) {
    if (node.nodeType === node.ELEMENT_NODE) {
      const child = node as Element
      if (!rule.children.includes(child.nodeName)) throw new ApplicationError(12200, `<${child.nodeName}> is not allowed in <${element.nodeName}>`)
      const inner = read(child, warnings)
      children.push(inner)
      // Only SSML is written in lower case; what it marks up is still spoken.
      if (/^[a-z]/.test(child.nodeName)) text += ` ${inner.text} `
    } else if (node.nodeType === node.TEXT_NODE || node.nodeType === node.CDATA_SECTION_NODE) {
      const words = node.nodeValue ?? ''
      if (!rule.text && words.trim() !== '') throw new ApplicationError(12200, `Text is not allowed in <${element.nodeName}>: "${words.trim().slice(0, 60)}"`)
      text += words
    }
  }
  const attributes: Record<string, string> = {}
  for (const { name, value } of element.attributes) {
    if (name.startsWith('xmlns')) continue
    if (!rule.attributes.includes(name)) warnings.push(`Attribute '${name}' is not allowed in <${element.nodeName}>`)
    attributes[name] = value
  }
  return { name: element.nodeName, attributes, children, text: text.replace(/\s+/g, ' ').trim() }
}
