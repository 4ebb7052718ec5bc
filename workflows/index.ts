export { riskCallback } from './riskCallback'
export { recoverFlags } from './recoverFlags'
export { deliverEvents } from './deliverEvents'
export { unfreeze } from './unfreeze'
