import { admin } from './admin'
import { approvals } from './approvals'
import { desk } from './desk'
import { dialling } from './dialling'
import { guidance } from './guidance'
import { live } from './live'
import { playbook } from './playbook'
import { shell } from './shell'
import { sound } from './sound'
import { supervision } from './supervision'
import { terms } from './terms'
import { timeline } from './timeline'

export const english = { ...shell, terms, admin, approvals, desk, dialling, guidance, live, playbook, sound, supervision, timeline }
