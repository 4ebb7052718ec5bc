import { parsePhoneNumberFromString } from 'libphonenumber-js'
import { type Account, numberSid } from '../account'
import { rfc2822 } from '../clock'
import { apiVersion } from '../network/callbook'
import { type Call, durationSeconds, isOver } from '../network/call'
import type { Conference, Participant } from '../network/conference'
import type { Recording, Recordings } from '../network/recordings'
import type { Transcription } from '../network/transcriptions'
import type { Message } from '../people/inbox'

const date = (moment: string | null) => (moment === null ? null : rfc2822(moment))

/** The resources as Twilio writes them: every field of the contract, unknown ones as explicit nulls. */
export function createJson(account: Account) {
  const base = `/${apiVersion}/Accounts/${account.sid}`
  return {
    base,
    call(call: Call) {
      const uri = `${base}/Calls/${call.sid}`
      const own = call.direction === 'inbound' ? call.to : call.from
      return {
        sid: call.sid,
        date_created: date(call.createdAt),
        date_updated: date(call.updatedAt),
        parent_call_sid: call.parentSid,
        account_sid: account.sid,
        to: call.to,
        to_formatted: formatted(call.to),
        from: call.from,
        from_formatted: formatted(call.from),
        phone_number_sid: account.numbers.includes(own) ? numberSid(own) : null,
        status: call.status === 'initiated' ? 'queued' : call.status,
        start_time: date(call.dialledAt),
        end_time: date(call.endedAt),
        duration: isOver(call.status) ? String(durationSeconds(call)) : null,
        price: null,
        price_unit: 'USD',
        direction: call.direction,
        answered_by: call.answeredBy,
        annotation: null,
        api_version: apiVersion,
        forwarded_from: null,
        group_sid: null,
        caller_name: null,
        queue_time: String(call.queueMs),
        trunk_sid: null,
        uri: `${uri}.json`,
        subresource_uris: Object.fromEntries(callParts.map(([name, path]) => [name, `${uri}/${path}.json`])),
      }
    },
    conference(conference: Conference) {
      const uri = `${base}/Conferences/${conference.sid}`
      return {
        account_sid: account.sid,
        date_created: date(conference.createdAt),
        date_updated: date(conference.updatedAt),
        api_version: apiVersion,
        friendly_name: conference.friendlyName,
        region: 'us1',
        sid: conference.sid,
        status: conference.status,
        uri: `${uri}.json`,
        subresource_uris: { participants: `${uri}/Participants.json`, recordings: `${uri}/Recordings.json` },
        reason_conference_ended: conference.endReason,
        call_sid_ending_conference: conference.callSidEnding,
      }
    },
    participant(participant: Participant, call: Call | undefined) {
      return {
        account_sid: account.sid,
        call_sid: participant.callSid,
        label: participant.label,
        call_sid_to_coach: participant.coachedCallSid,
        coaching: participant.coachedCallSid !== null,
        conference_sid: participant.conferenceSid,
        date_created: date(participant.createdAt),
        date_updated: date(participant.updatedAt),
        end_conference_on_exit: participant.endConferenceOnExit,
        muted: participant.muted,
        hold: participant.hold,
        start_conference_on_enter: participant.startConferenceOnEnter,
        status: participantStatus(participant, call),
        queue_time: call?.direction === 'outbound-api' ? String(call.queueMs) : null,
        uri: `${base}/Conferences/${participant.conferenceSid}/Participants/${participant.callSid}.json`,
      }
    },
    /** A recording below its call or conference; the top-level resource has two fields more. */
    recording(recording: Recording, recordings: Recordings, top = false) {
      const owner = recording.conferenceSid === null ? `Calls/${recording.callSid}` : `Conferences/${recording.conferenceSid}`
      const uri = `${base}/${top ? '' : `${owner}/`}Recordings/${recording.sid}`
      return {
        account_sid: account.sid,
        api_version: apiVersion,
        call_sid: recording.callSid,
        conference_sid: recording.conferenceSid,
        date_created: date(recording.createdAt),
        date_updated: date(recording.updatedAt),
        start_time: date(recording.startedAt),
        duration: recording.status === 'completed' ? String(recordings.seconds(recording)) : null,
        sid: recording.sid,
        price: null,
        uri: `${uri}.json`,
        encryption_details: null,
        price_unit: 'USD',
        status: recording.status,
        channels: recording.channels,
        source: recording.source,
        error_code: null,
        track: recording.track,
        ...(top && {
          subresource_uris: { add_on_results: `${uri}/AddOnResults.json`, transcriptions: `${uri}/Transcriptions.json` },
          media_url: recordings.url(recording),
        }),
      }
    },
    transcription({ sid, callSid, name, status, updatedAt }: Transcription) {
      return { sid, account_sid: account.sid, call_sid: callSid, name, status, date_updated: date(updatedAt), uri: `${base}/Calls/${callSid}/Transcriptions/${sid}.json` }
    },
    message(message: Message) {
      const uri = `${base}/Messages/${message.sid}`
      return {
        body: message.body,
        num_segments: String(Math.max(1, Math.ceil(message.body.length / 70))),
        direction: 'outbound-api',
        from: message.from,
        to: message.to,
        date_updated: date(message.updatedAt),
        price: null,
        error_message: null,
        uri: `${uri}.json`,
        account_sid: account.sid,
        num_media: '0',
        status: message.status,
        messaging_service_sid: null,
        sid: message.sid,
        date_sent: date(message.sentAt),
        date_created: date(message.createdAt),
        error_code: null,
        price_unit: 'USD',
        api_version: apiVersion,
        subresource_uris: { media: `${uri}/Media.json` },
      }
    },
  }
}

export type TwilioJson = ReturnType<typeof createJson>

const callParts = [
  ['events', 'Events'],
  ['notifications', 'Notifications'],
  ['payments', 'Payments'],
  ['recordings', 'Recordings'],
  ['siprec', 'Siprec'],
  ['streams', 'Streams'],
  ['transcriptions', 'Transcriptions'],
  ['user_defined_message_subscriptions', 'UserDefinedMessageSubscriptions'],
  ['user_defined_messages', 'UserDefinedMessages'],
] as const

function participantStatus(participant: Participant, call: Call | undefined): string {
  if (participant.entered) return 'connected'
  const before: Record<string, string> = { queued: 'queued', initiated: 'connecting', ringing: 'ringing', 'in-progress': 'connected', completed: 'complete' }
  return before[call?.status ?? 'failed'] ?? 'failed'
}

/** Twilio writes North American numbers their national way, all others as they are. */
function formatted(address: string): string {
  const number = parsePhoneNumberFromString(address)
  return number?.countryCallingCode === '1' ? number.formatNational() : address
}
