import { z } from 'zod'
import { freeText, oneLine } from '../../domain/text'
import { fieldErrors } from '../../domain/flag'
import { changeFilter, forgetFilter, NameTaken, saveFilter, savedFiltersFor, type FilterToSave } from '../../records/savedFilters'
import { endpoint, type Endpoint } from '../endpoint'
import { conflict, invalid, notFound } from '../problem'
import { historyFilter } from '../views/caseSearch'
import { filterParams } from '../views/ids'
import type { SupervisionDeps } from './supervision'
import { tag, watching } from './watching'

const most = 30
const filterSchema = z
  .record(z.string().max(40), freeText(200))
  .refine((filter) => Object.keys(filter).length > 0 && Object.keys(filter).length <= most, 'expected one field or more')
  .meta({ description: 'the query parameters of the search' })
const savedSchema = z.strictObject({
  name: oneLine(80),
  filter: filterSchema,
  shared: z.boolean().default(false).meta({ description: 'shown to all who search' }),
})
const shownSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    filter: z.record(z.string(), z.string()),
    shared: z.boolean(),
    owner: z.object({ id: z.string(), name: z.string() }),
  })
  .meta({ id: 'SavedFilter' })
export type SavedFilterView = z.output<typeof shownSchema>
const listSchema = z.object({ filters: z.array(shownSchema) })
const example = { name: 'Large scams this month', filter: { verdict: 'scam', minAmount: '5000000', withinDays: '30' }, shared: true }

export function savedFilterEndpoints({ db, gate }: SupervisionDeps): Endpoint[] {
  const access = gate.staff(...watching)
  const path = '/v1/supervision/saved-filters'
  const missing = { 404: { description: 'You have no such filter.' }, 409: { description: 'You have a filter of that name.' } }
  return [
    endpoint({
      method: 'get',
      path,
      tag,
      summary: 'Your saved searches and those that others share',
      access,
      answers: { 200: { description: 'By name.', schema: listSchema } },
      handle: async ({ caller }) => ({ filters: await savedFiltersFor(db, caller.id) }),
    }),
    endpoint({
      method: 'post',
      path,
      tag,
      summary: 'Save a search of the call histories',
      access,
      body: savedSchema,
      bodyExample: example,
      answers: { 201: { description: 'Saved.', schema: listSchema }, 409: missing[409] },
      async handle({ caller, body }) {
        await named(() => saveFilter(db, caller.id, searchable(body)))
        return { filters: await savedFiltersFor(db, caller.id) }
      },
    }),
    endpoint({
      method: 'put',
      path: `${path}/:filterId`,
      tag,
      summary: 'Change a saved search of your own',
      access,
      params: filterParams,
      body: savedSchema,
      bodyExample: example,
      answers: { 200: { description: 'Changed.', schema: listSchema }, ...missing },
      async handle({ caller, params, body }) {
        if (!(await named(() => changeFilter(db, caller.id, params.filterId, searchable(body))))) throw notFound('You have no such filter.')
        return { filters: await savedFiltersFor(db, caller.id) }
      },
    }),
    endpoint({
      method: 'delete',
      path: `${path}/:filterId`,
      tag,
      summary: 'Forget a saved search of your own',
      access,
      params: filterParams,
      answers: { 204: { description: 'Forgotten.' }, 404: missing[404] },
      async handle({ caller, params }) {
        if (!(await forgetFilter(db, caller.id, params.filterId))) throw notFound('You have no such filter.')
      },
    }),
  ]
}

/** A filter that the search would refuse is not saved. */
function searchable(saved: FilterToSave): FilterToSave {
  const read = historyFilter.safeParse(saved.filter)
  if (!read.success) throw invalid(fieldErrors(read.error).map(({ field, message }) => ({ field: `filter.${field}`, message })))
  return saved
}

async function named<Result>(writing: () => Promise<Result>): Promise<Result> {
  try {
    return await writing()
  } catch (error) {
    if (error instanceof NameTaken) throw conflict('You have a saved search of that name.')
    throw error
  }
}
