import express, { type Request, type RequestHandler, type Response, type Router } from 'express'
import type { z } from 'zod'
import { fieldErrors } from '../domain/flag'
import type { Log } from '../configuration/log'
import { invalid, notFound, notJson } from './problem'

/** Who may call an endpoint. `schemes` is how the OpenAPI document says it. */
export interface Access<Caller> {
  schemes: ('apiKey' | 'session')[]
  /** @throws Problem 401 or 403 */
  authorise(request: Request, response: Response): Promise<Caller>
}

/** Open to anybody who can reach the port. */
export const anybody: Access<undefined> = { schemes: [], authorise: async () => undefined }

export interface Answer {
  description: string
  schema?: z.ZodType
  example?: unknown
  /** When it is not `application/json`. */
  mediaType?: string
}

export interface Call<Caller, Params, Query, Body> {
  caller: Caller
  params: Params
  query: Query
  body: Body
  request: Request
  response: Response
  log: Log
}

interface Shape<Caller, Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType> {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  path: string
  tag: string
  summary: string
  description?: string
  access: Access<Caller>
  params?: Params
  query?: Query
  body?: Body
  /** The body may be left out altogether. */
  bodyOptional?: boolean
  bodyExample?: unknown
  /** How large a body may be; 64 kB when it is not said. */
  bodyLimit?: '8mb'
  /** What else a request must pass once its body is read, such as a rate limit by account. */
  guards?: RequestHandler[]
  /** By status; the first one is what a returned value is sent with. */
  answers: Record<number, Answer>
  /** Returns what is sent as JSON; nothing for 204, or when it has answered by itself. */
  handle(call: Call<Caller, z.output<Params>, z.output<Query>, z.output<Body>>): unknown
}

export type Endpoint = Shape<unknown, z.ZodType, z.ZodType, z.ZodType>

/**
 * One route: its validators, who may call it, what it answers and what it does. Express and the
 * OpenAPI document are both made from this, so that neither can say something else than the other.
 */
export function endpoint<Caller, Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType>(
  shape: Shape<Caller, Params, Query, Body>,
): Endpoint {
  return shape
}

const json = express.json({ limit: '64kb', strict: true })
const largeJson = express.json({ limit: '8mb', strict: true })
const jsonOnly: RequestHandler = (request, _response, next) => {
  // Without a body there is nothing to refuse; the validator says what is missing.
  const empty = request.get('transfer-encoding') === undefined && Number(request.get('content-length') ?? 0) === 0
  next(empty || request.is('application/json') ? undefined : notJson())
}

/** Mounts endpoints in Express, in the order in which a request is judged: caller, address, body. */
export function mount(router: Router, endpoints: Endpoint[]): Router {
  for (const one of endpoints) {
    const authorise: RequestHandler = async (request, response, next) => {
      response.locals.caller = await one.access.authorise(request, response)
      next()
    }
    const run: RequestHandler = async (request, response) => {
      const params = one.params?.safeParse(request.params)
      if (params && !params.success) throw notFound('There is nothing under that id.')
      const log = caseLog(request, response)
      const query = checked(one.query, request.query)
      const body = one.bodyOptional && request.body === undefined ? undefined : checked(one.body, request.body)
      const result = await one.handle({ caller: response.locals.caller, params: params?.data, query, body, request, response, log })
      if (response.headersSent || response.writableEnded) return
      if (result === undefined) response.status(204).end()
      else response.status(response.locals.status ?? Number(Object.keys(one.answers)[0])).json(result)
    }
    router[one.method](one.path, authorise, ...(one.method === 'get' ? [] : [jsonOnly]), ...(one.body ? [one.bodyLimit ? largeJson : json] : []), ...(one.guards ?? []), run)
  }
  return router
}

function checked(schema: z.ZodType | undefined, value: unknown): unknown {
  if (!schema) return undefined
  const read = schema.safeParse(value)
  if (!read.success) throw invalid(fieldErrors(read.error))
  return read.data
}

/** A route that names a case names it on each of its log lines. */
function caseLog(request: Request, response: Response): Log {
  const { caseId } = request.params
  if (typeof caseId !== 'string') return request.log
  response.locals.caseId = caseId
  return request.log.child({ caseId })
}
