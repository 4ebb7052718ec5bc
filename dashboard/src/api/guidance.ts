import { request } from './request'

export interface GuidanceCount {
  key: string
  name: string | null
  guided: number
  looked: number
  raised: number
}

export interface GuidanceReport {
  from: string
  until: string
  all: GuidanceCount
  byAgent: GuidanceCount[]
  byScript: GuidanceCount[]
  byAdvice: GuidanceCount[]
}

export const readGuidanceReport = (from: string) => request<GuidanceReport>('GET', `/v1/supervision/guidance?${new URLSearchParams({ from })}`)
