import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import type { Telephony } from '../../providers/telephony'
import type { Database } from '../../records/database'
import { noteListening } from '../../records/recordings'
import { readTranscript } from '../../records/transcripts'
import { actorOf } from '../access/caller'
import type { Gate } from '../access/access'
import { endpoint, type Endpoint } from '../endpoint'
import { notFound, unavailable } from '../problem'
import { sightOf } from '../views/caseReading'
import { caseParams, recordingParams } from '../views/ids'
import { iso, nullableTime } from '../views/time'
import { tag, watching } from './watching'

const recordingSchema = z
  .object({
    attemptId: z.string(),
    number: z.int().meta({ description: 'of the call' }),
    recordingSid: z.string().nullable(),
    status: z.enum(['asked', 'recording', 'paused', 'completed', 'deleted']),
    seconds: z.int().nullable(),
    transcribed: z.boolean().meta({ description: 'whether anything of it was written down' }),
    channels: z.int().meta({ description: '2: the payer on one, everybody else on the other' }),
    consentAt: nullableTime.meta({ description: 'when it was announced' }),
    consentWording: z.string().nullable().meta({ description: 'the version of the words that announced it' }),
    completedAt: nullableTime,
    deletedAt: nullableTime.meta({ description: 'by retention' }),
  })
  .meta({ id: 'Recording' })
export type RecordingView = z.output<typeof recordingSchema>

const transcriptLineSchema = z
  .object({
    attemptId: z.string(),
    seconds: z.number().meta({ description: 'since the recording began, when the provider had understood it' }),
    speaker: z.enum(['payer', 'company']).meta({ description: 'company: whatever the payer heard' }),
    text: z.string(),
    confidence: z.number().nullable().meta({ description: '0 to 1' }),
  })
  .meta({ id: 'TranscriptLine' })
export type TranscriptLineView = z.output<typeof transcriptLineSchema>

/** What a browser needs to play and to jump about; nothing else of the provider's answer is passed on. */
const passedOn = ['content-type', 'content-length', 'content-range', 'accept-ranges']

export function recordingEndpoints({ db, gate, telephony }: { db: Database; gate: Gate; telephony: Telephony }): Endpoint[] {
  const access = gate.staff(...watching)
  return [
    endpoint({
      method: 'get',
      path: '/v1/supervision/cases/:caseId/recordings',
      tag,
      summary: 'The recordings of a case’s calls',
      access,
      params: caseParams,
      answers: {
        200: { description: 'In the order of the calls.', schema: z.object({ recordings: z.array(recordingSchema) }) },
        404: { description: 'There is no such case.' },
      },
      async handle({ caller, params: { caseId } }) {
        await sightOf(db, caller, caseId)
        const rows = await db.recording.findMany({ where: { caseId }, include: { attempt: true, lines: { select: { sequence: true }, take: 1 } }, orderBy: { attempt: { number: 'asc' } } })
        const recordings = rows.map(({ attempt, lines, ...row }) => ({
          attemptId: row.attemptId,
          number: attempt.number,
          recordingSid: row.recordingSid,
          status: row.status,
          seconds: row.seconds,
          transcribed: lines.length > 0,
          channels: row.channels,
          consentAt: iso(attempt.consentAt),
          consentWording: attempt.consentWording,
          completedAt: iso(row.completedAt),
          deletedAt: iso(row.deletedAt),
        }))
        return { recordings }
      },
    }),
    endpoint({
      method: 'get',
      path: '/v1/supervision/cases/:caseId/transcript',
      tag,
      summary: 'What was said in a case’s recorded calls',
      description:
        'As the telephone provider understood it, without card numbers, in the order in which it was said; kept as long as the recording. That it was read is an event of the case.',
      access: gate.staff('supervisor', 'compliance'),
      params: caseParams,
      answers: { 200: { description: 'Every line.', schema: z.object({ lines: z.array(transcriptLineSchema) }) }, 404: { description: 'There is no such case.' } },
      async handle({ caller, params: { caseId } }) {
        await sightOf(db, caller, caseId)
        return { lines: await readTranscript(db, caseId, actorOf(caller)) }
      },
    }),
    endpoint({
      method: 'get',
      path: '/v1/supervision/recordings/:recordingSid/media',
      tag,
      summary: 'Listen to a recording',
      description:
        'The sound comes from the telephone provider through us and is kept nowhere on the way; `Range` is understood. That it was listened to is an event of the case.',
      access: gate.staff('supervisor', 'compliance'),
      params: recordingParams,
      answers: {
        200: { description: 'WAV.', mediaType: 'audio/wav', schema: z.string().meta({ format: 'binary' }) },
        206: { description: 'The part that was asked for.', mediaType: 'audio/wav', schema: z.string().meta({ format: 'binary' }) },
        404: { description: 'There is no such recording, or it was deleted.' },
      },
      async handle({ caller, params: { recordingSid }, request, response }) {
        const recording = await db.recording.findUnique({ where: { recordingSid } })
        if (recording?.status !== 'completed') throw notFound('There is no such recording, or it is not complete, or it was deleted.')
        await noteListening(db, recording.caseId, recordingSid, actorOf(caller))
        const media = await telephony.fetchRecording(recordingSid, request.get('range')).catch(() => undefined)
        if (media?.status === 404) throw notFound('The provider has no such recording any more.')
        if (!media?.ok || !media.body) throw unavailable('The telephone provider cannot be reached.')
        for (const name of passedOn) if (media.headers.has(name)) response.set(name, media.headers.get(name) ?? '')
        response.status(media.status).set('Cache-Control', 'no-store')
        await pipeline(Readable.from(media.body), response).catch((error: unknown) => {
          // Whoever jumps about in a recording breaks off one answer after another.
          if (!response.destroyed) throw error
        })
      },
    }),
  ]
}
