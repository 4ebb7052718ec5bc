import type { english } from '../en'
import { desk } from './desk'
import { playbook } from './playbook'
import { shell } from './shell'
import { terms } from './terms'

export const chinese: typeof english = { ...shell, terms, desk, playbook }
