import type { Role } from '../api/session'

export type Page = 'desk' | 'wallboard' | 'histories' | 'approvals' | 'disputes' | 'dialling' | 'guidance' | 'quality' | 'reviews' | 'retention' | 'disclosures' | 'routing' | 'playbook' | 'rules' | 'admin'

/** What a role may open; the first is where it starts. The server decides again on every request. */
export function pagesOf(role: Role): readonly Page[] {
  if (role === 'agent') return ['desk', 'disputes', 'reviews']
  if (role === 'supervisor') return ['wallboard', 'histories', 'disputes', 'approvals', 'dialling', 'routing', 'guidance', 'quality', 'disclosures', 'rules', 'desk']
  if (role === 'compliance') return ['histories', 'disputes', 'approvals', 'wallboard', 'disclosures', 'dialling', 'guidance', 'quality', 'playbook', 'rules', 'retention']
  return ['admin', 'routing', 'wallboard', 'histories', 'approvals', 'dialling', 'playbook', 'rules', 'retention']
}
