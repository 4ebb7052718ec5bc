import type { Router } from 'express'

export interface MountedRoute {
  method: string
  /** The full path as it was declared, such as `/v1/desk/offers/:offerId/accept`. */
  path: string
  matches(path: string): boolean
}

interface Layer {
  rawPath?: unknown
  route?: { path: string | string[]; methods: Record<string, boolean> }
  handle: { stack?: Layer[] }
}

/** Every route that is really mounted, read from Express itself: what 405 and the OpenAPI test go by. */
export function routesOf(router: Router, prefix = ''): MountedRoute[] {
  return (router.stack as unknown as Layer[]).flatMap((layer): MountedRoute[] => {
    if (layer.route) {
      const { path, methods } = layer.route
      return [path].flat().flatMap((one) => Object.keys(methods).map((method) => ({ method, path: prefix + one, matches: matcher(prefix + one) })))
    }
    if (!layer.handle.stack) return []
    const mountedAt = typeof layer.rawPath === 'string' && layer.rawPath !== '/' ? layer.rawPath : ''
    return routesOf(layer.handle as unknown as Router, prefix + mountedAt)
  })
}

function matcher(path: string): (candidate: string) => boolean {
  const pattern = path
    .split('/')
    .map((part) => (part.startsWith(':') ? '[^/]+' : part.startsWith('*') ? '.+' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
    .join('/')
  const expression = new RegExp(`^${pattern}/?$`, 'i')
  return (candidate) => expression.test(candidate)
}
