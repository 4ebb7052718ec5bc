import { Router } from 'express'

/** Filled in with the pages it serves. */
export function pretendSupervision(): Router {
  return Router()
}
