import { desk } from './desk'
import { playbook } from './playbook'
import { shell } from './shell'
import { terms } from './terms'

export const english = { ...shell, terms, desk, playbook }
