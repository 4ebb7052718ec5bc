import express, { type RequestHandler } from 'express'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** The built dashboard. Its own addresses (`/desk`, `/histories/…`) all answer with its one page. */
export function dashboard(directory: string): RequestHandler[] {
  const page = join(directory, 'index.html')
  return [
    express.static(directory, {
      index: 'index.html',
      setHeaders(response, path) {
        // Vite puts a hash of the content into the names below assets/.
        response.setHeader('Cache-Control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    }),
    (request, response, next) => {
      const wantsPage = request.method === 'GET' && request.accepts(['json', 'html']) === 'html'
      if (!wantsPage || /^\/(v1|telephony|assets|problems)\//.test(request.path) || !existsSync(page)) return next()
      response.setHeader('Cache-Control', 'no-cache')
      response.sendFile(page)
    },
  ]
}
