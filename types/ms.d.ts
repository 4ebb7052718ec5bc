/**
 * Temporal types its durations by the `ms` package, which ships no types that this project's module
 * resolution finds: without this, a duration such as 'banana' would compile.
 */
declare module 'ms' {
  type Unit = 'ms' | 's' | 'm' | 'h' | 'd' | 'w' | 'second' | 'seconds' | 'minute' | 'minutes' | 'hour' | 'hours' | 'day' | 'days' | 'week' | 'weeks'
  export type StringValue = `${number}` | `${number}${Unit}` | `${number} ${Unit}`
}
