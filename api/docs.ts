import path from 'node:path'
import express, { type RequestHandler } from 'express'
import { z } from 'zod'
import { anybody, endpoint, type Endpoint } from './endpoint'
import { problemKinds, type ProblemKind } from './problem'

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Risk callback: HTTP API</title>
<link rel="stylesheet" href="/docs/assets/swagger-ui.css">
<link rel="icon" href="/docs/assets/favicon-32x32.png">
</head>
<body>
<div id="page"></div>
<script src="/docs/assets/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`

// A file of its own, because the content security policy forbids inline scripts.
const start = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#page', deepLinking: true, validatorUrl: null, tryItOutEnabled: false })\n`

const kinds = Object.keys(problemKinds) as [ProblemKind, ...ProblemKind[]]
const kindParams = z.object({ kind: z.enum(kinds) })
const kindSchema = z.object({ type: z.string(), title: z.string(), status: z.int(), about: z.string() }).meta({ id: 'ProblemKind' })

/** What readers of the API read. The document is made at its first reading, once all endpoints are known. */
export function docsEndpoints(describe: () => unknown): Endpoint[] {
  let document: unknown
  const tag = 'operation'
  return [
    endpoint({
      method: 'get',
      path: '/openapi.json',
      tag,
      summary: 'This document',
      access: anybody,
      answers: { 200: { description: 'OpenAPI 3.1.', schema: z.record(z.string(), z.unknown()) } },
      handle: () => (document ??= describe()),
    }),
    endpoint({
      method: 'get',
      path: '/docs',
      tag,
      summary: 'This document, for people',
      access: anybody,
      answers: { 200: { description: 'A page.', mediaType: 'text/html', schema: z.string() } },
      handle: ({ response }) => void response.type('html').send(page),
    }),
    endpoint({
      method: 'get',
      path: '/docs/start.js',
      tag,
      summary: 'The script of that page',
      access: anybody,
      answers: { 200: { description: 'A script.', mediaType: 'text/javascript', schema: z.string() } },
      handle: ({ response }) => void response.type('js').send(start),
    }),
    endpoint({
      method: 'get',
      path: '/problems/:kind',
      tag,
      summary: 'What a kind of problem means',
      access: anybody,
      params: kindParams,
      answers: { 200: { description: 'The kind.', schema: kindSchema } },
      handle({ params: { kind } }) {
        const { status, title, about } = problemKinds[kind]
        return { type: `/problems/${kind}`, title, status, about }
      },
    }),
  ]
}

/** Swagger UI's own files, from this installation. */
export function docsAssets(): RequestHandler {
  // The package's own entry loads the whole page into this process to tell where its files are.
  const folder = path.dirname(require.resolve('swagger-ui-dist/package.json'))
  return express.static(folder, { index: false, maxAge: '1d' })
}
