import pg, { type QueryConfig } from 'pg'
import { GatheringClient } from './gatheringClient'
import { Sealed, type Vault } from './vault'

const { BYTEA, JSON: json, JSONB, TEXT, VARCHAR }: Record<string, number> = pg.types.builtins

/** A connection on which marked parameters go out sealed, and on which whatever is sealed comes back opened, by whomever it is asked for. */
export function sealingClient(vault: Vault): new () => pg.Client {
  return class extends GatheringClient {
    override query(config: unknown, ...rest: unknown[]): never {
      const [values, ...others] = Array.isArray(rest[0]) ? rest : [undefined, ...rest]
      // A query object of somebody's own, such as a cursor, is none of ours.
      if (typeof config === 'object' && config !== null && 'submit' in config) return ask(this, config, ...rest)
      const given: QueryConfig & { values?: unknown[] } = typeof config === 'string' ? { text: config } : { ...(config as QueryConfig) }
      given.values = (values as unknown[] | undefined) ?? given.values
      if (given.values) given.values = given.values.map((value) => sent(vault, value))
      given.types = opening(vault, given.types ?? pg.types)
      return ask(this, given, ...others.filter((other) => other !== undefined))
    }
  }
}

const ask = (client: GatheringClient, ...given: unknown[]) => GatheringClient.prototype.query.apply(client, given)

function sent(vault: Vault, value: unknown): unknown {
  if (value instanceof Sealed) return value.by(vault)
  if (Array.isArray(value)) return value.map((one: unknown) => sent(vault, one))
  return typeof value === 'string' ? vault.defuse(value) : value
}

type Parse = (value: string) => unknown
interface Types {
  getTypeParser(oid: number, format?: 'text' | 'binary'): Parse
}

function opening(vault: Vault, types: unknown): NonNullable<QueryConfig['types']> {
  const given = types as Types
  const wrapped: Types = {
    getTypeParser(oid: number, format?: 'text' | 'binary') {
      const parse = given.getTypeParser(oid, format)
      if (format === 'binary') return parse
      if (oid === TEXT || oid === VARCHAR) return (value: string) => parse(vault.open(value))
      if (oid === json || oid === JSONB) return (value: string) => parse(vault.openJson(value))
      if (oid === BYTEA) return (value: string) => opened(vault, parse(value))
      return parse
    },
  }
  return wrapped
}

function opened(vault: Vault, content: unknown): unknown {
  return content instanceof Uint8Array ? vault.openBytes(Buffer.from(content.buffer, content.byteOffset, content.byteLength)) : content
}
