import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject, type ZodOpenApiResponsesObject } from 'zod-openapi'
import { z } from 'zod'
import type { Answer, Endpoint } from './endpoint'
import { confirmationSchema } from './ledger/confirmations'
import type { MountedRoute } from './routes'

const problemSchema = z
  .object({
    type: z.string().meta({ description: 'an address that says more about this kind of problem' }),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
    instance: z.string().meta({ description: 'the request’s id, as in our logs' }),
  })
  .meta({ id: 'Problem', description: 'RFC 9457' })

const tags: Record<string, string> = {
  'risk engine': 'Flag payments; follow their cases',
  session: 'Sign in and out',
  desk: 'What an agent’s dashboard does',
  supervision: 'What supervisors and compliance look at',
  administration: 'Policy, accounts, keys',
  routing: 'Teams, queues, skills: who is to have which case',
  'payments core': 'What the ledger reports',
  disclosures: 'Lawful requests of authorities',
  'transfer help': 'What staff do for payers whose transfer went wrong',
  payer: 'What the payment app asks for its payers',
  visitors: 'What people ask who do not sign in; they learn only what they prove to know already',
  telephony: 'What the telephone provider asks and reports',
  operation: 'For load balancers, monitoring and readers',
}

/** The OpenAPI 3.1 document of the endpoints that are mounted, made from the validators that judge requests. */
export function openApiDocument(parts: { endpoints: Endpoint[]; telephony: MountedRoute[]; publicBaseUrl: string; version: string }) {
  const { endpoints, telephony, publicBaseUrl, version } = parts
  const paths: ZodOpenApiPathsObject = {}
  const add = (method: string, path: string, described: ZodOpenApiOperationObject) => {
    const name = path.replace(/:(\w+)/g, '{$1}')
    paths[name] = { ...paths[name], [method]: described }
  }
  for (const one of endpoints) add(one.method, one.path, operation(one))
  for (const { method, path } of telephony) add(method, path, telephonyWebhook(path))
  add('post', '/v1/ledger/confirmations', ledgerConfirmation)
  for (const [method, described] of Object.entries(payeePage)) add(method, '/payee', described)
  return createDocument({
    openapi: '3.1.1',
    info: {
      title: 'Risk callback',
      version,
      description:
        'A call centre that calls people back about risky payments. Times are RFC 3339 in UTC, money is in minor units, errors are RFC 9457 problem documents.',
    },
    servers: [{ url: publicBaseUrl }],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key with the right scope' },
        twilio: { type: 'apiKey', in: 'header', name: 'X-Twilio-Signature', description: 'As Twilio signs its webhooks' },
        standardWebhooks: {
          type: 'apiKey',
          in: 'header',
          name: 'webhook-signature',
          description: 'With webhook-id and webhook-timestamp: standardwebhooks.com',
        },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: publicBaseUrl.startsWith('https:') ? '__Host-session' : 'session',
          description: 'From POST /v1/session',
        },
      },
    },
  })
}

/** The signature is over the bytes, so this route reads its body itself; the validator is the same. */
const ledgerConfirmation: ZodOpenApiOperationObject = {
  operationId: 'postLedgerConfirmations',
  tags: ['payments core'],
  summary: 'The ledger has confirmed or refused an instruction that was pending',
  security: [{ standardWebhooks: [] }],
  requestBody: {
    required: true,
    content: {
      'application/json': {
        schema: confirmationSchema.meta({ id: 'LedgerConfirmation' }),
        example: { type: 'ledger.confirmed', data: { key: 'release:pay_20120525_090800_0001', status: 'confirmed', entryId: 'entry-1' } },
      },
    },
  },
  responses: {
    204: { description: 'Taken.' },
    403: problem('The signature is missing, wrong or too old.'),
    404: problem('There is no instruction under this key.'),
    422: problem('Some fields are not valid.'),
    503: problem('A part that this needs is away; send it again.'),
  },
}

/** A page for people, behind a link that their app shows. */
const linkToken = { query: z.object({ t: z.string().meta({ description: 'the link’s own, made by us' }) }) }
const payeePage: Record<'get' | 'post', ZodOpenApiOperationObject> = {
  get: {
    operationId: 'getPayee',
    tags: ['transfer help'],
    summary: 'The page by which a payee answers',
    security: [],
    requestParams: linkToken,
    responses: {
      200: { description: 'What is asked, or that it was answered.', content: { 'text/html': { schema: z.string() } } },
      404: { description: 'A page that says that the link is over.', content: { 'text/html': { schema: z.string() } } },
    },
  },
  post: {
    operationId: 'postPayee',
    tags: ['transfer help'],
    summary: 'The payee’s answer, from that page',
    security: [],
    requestParams: linkToken,
    requestBody: { content: { 'application/x-www-form-urlencoded': { schema: z.record(z.string(), z.string()) } } },
    responses: { 303: { description: 'Back to the page.' }, 422: problem('Some fields are not valid.') },
  },
}

/** Webhooks are described by Twilio; here it only says which there are. */
function telephonyWebhook(path: string): ZodOpenApiOperationObject {
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name ?? '')
  return {
    operationId: operationId({ method: 'post', path }),
    tags: ['telephony'],
    summary: 'A webhook of the telephone provider',
    security: [{ twilio: [] }],
    requestParams: names.length > 0 ? { path: z.object(Object.fromEntries(names.map((name) => [name, z.string()]))) } : {},
    requestBody: { content: { 'application/x-www-form-urlencoded': { schema: z.record(z.string(), z.string()) } } },
    responses: { '2XX': { description: 'A TwiML document, or nothing.' }, 403: problem('The signature is missing or wrong.') },
  }
}

function operation(one: Endpoint): ZodOpenApiOperationObject {
  const params = one.params instanceof z.ZodObject ? { path: one.params } : {}
  const query = one.query instanceof z.ZodObject ? { query: one.query } : {}
  return {
    operationId: operationId(one),
    tags: [one.tag],
    summary: one.summary,
    ...(one.description ? { description: one.description } : {}),
    ...(one.access.schemes.length > 0 ? { security: one.access.schemes.map((scheme) => ({ [scheme]: [] })) } : { security: [] }),
    requestParams: { ...params, ...query },
    ...(one.body
      ? {
          requestBody: {
            required: !one.bodyOptional,
            content: { 'application/json': { schema: one.body, ...(one.bodyExample === undefined ? {} : { example: one.bodyExample }) } },
          },
        }
      : {}),
    responses: responses(one),
  }
}

function responses(one: Endpoint): ZodOpenApiResponsesObject {
  const found: ZodOpenApiResponsesObject = {}
  for (const [status, answer] of Object.entries(one.answers))
    found[status as '200'] = Number(status) < 400 || answer.schema ? success(answer) : problem(answer.description)
  const always: [number, string, boolean][] = [
    [400, 'The body is not well-formed JSON.', Boolean(one.body)],
    [401, 'No or no valid credentials.', one.access.schemes.length > 0],
    [403, 'These credentials are not for this.', one.access.schemes.length > 0],
    [404, 'There is no such thing.', Boolean(one.params)],
    [413, 'The body has more than 64 kB.', Boolean(one.body)],
    [415, 'The body is not JSON.', Boolean(one.body)],
    [422, 'Some fields are not valid; `errors` names them.', Boolean(one.body ?? one.query)],
    [429, 'Too many requests; `Retry-After` tells when to come back.', one.tag !== 'operation'],
    [503, 'A part that this needs is away; `Retry-After` tells when to come back.', one.tag !== 'operation'],
  ]
  for (const [status, description, applies] of always) if (applies) found[String(status) as '200'] ??= problem(description)
  return found
}

function success({ description, schema, example, mediaType = 'application/json' }: Answer) {
  if (!schema) return { description }
  return { description, content: { [mediaType]: { schema, ...(example === undefined ? {} : { example }) } } }
}

function problem(description: string) {
  return { description, content: { 'application/problem+json': { schema: problemSchema } } }
}

/** `PUT /v1/desk/cases/:caseId/notes` is `putDeskCasesNotes`: stable names for generated clients. */
function operationId({ method, path }: Pick<Endpoint, 'method' | 'path'>): string {
  const words = path.split(/[/\-.]/).filter((part) => part && part !== 'v1' && !part.startsWith(':'))
  const one = path.match(/:\w+$/) ? ['One'] : []
  return [method, ...[...words, ...one].map((word) => word[0]?.toUpperCase() + word.slice(1))].join('')
}
