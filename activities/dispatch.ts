import { reserveAgent, type Reservation, type ReservationRequest } from '../records/offers'
import type { ActivityDependencies } from './dependencies'

export function createDispatchActivities({ db }: ActivityDependencies) {
  return {
    /** Offers the case to exactly one free agent, or queues it; an offer whose time is up expires first. */
    reserveAgent: (request: ReservationRequest): Promise<Reservation> => reserveAgent(db, request),
  }
}
