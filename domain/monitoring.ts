/**
 * How a supervisor is in an agent's call. `listen`: heard by nobody; `whisper`: heard by the agent alone;
 * `barge`: heard by all.
 */
export const monitoringModes = ['listen', 'whisper', 'barge'] as const
export type MonitoringMode = (typeof monitoringModes)[number]
