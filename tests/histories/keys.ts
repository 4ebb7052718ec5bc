import { payloadKeys } from '../../configuration/payloadKeys'

/** The key of the recorded histories. They hold nobody's data, so it may be known. */
export const PAYLOAD_KEYS = `histories:${Buffer.alloc(32, 7).toString('base64')}`
export const keys = payloadKeys.parse(PAYLOAD_KEYS)
