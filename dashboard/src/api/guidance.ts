import type { GuidanceCount, GuidanceReport } from '../../../api/supervision/guidance'
import { request } from './request'

export type { GuidanceCount, GuidanceReport }

export const readGuidanceReport = (from: string) => request<GuidanceReport>('GET', `/v1/supervision/guidance?${new URLSearchParams({ from })}`)
