import type { CallerNumberForecastView, CallerNumbersView } from '../../../api/admin/callerNumbers'
import type { DirectoryView } from '../../../api/admin/directory'
import type { ArrangementVersionView } from '../../../api/routing/versions'
import type { ListedScriptView, ScriptPreviewView, VersionedScriptView } from '../../../api/scripts/scripts'
import type { CallerNumbers } from '../../../domain/callerNumbers'
import type { Directory } from '../../../domain/thirdParty/directory'
import type { ScriptDocument, ScriptSubject } from '../../../domain/script/document'
import type { KeptVersion } from '../review/VersionList'
import { request } from './request'

export type { CallerNumberForecastView, CallerNumbersView, ListedScriptView, ScriptPreviewView, VersionedScriptView }
export type { DirectoryView }
export type { Directory, DirectoryEntry } from '../../../domain/thirdParty/directory'
export type { CallerNumber, CallerNumbers } from '../../../domain/callerNumbers'
export type { ScriptDocument, ScriptSubject } from '../../../domain/script/document'

const addressOf = ({ kind, language }: ScriptSubject) => `/v1/scripts/${kind}/${language}`

/** What is said in calls, from which numbers, and who may be brought in. */
export const rules = {
  scripts: async () => (await request<{ scripts: ListedScriptView[] }>('GET', '/v1/scripts')).scripts,
  script: (subject: ScriptSubject) => request<VersionedScriptView>('GET', addressOf(subject)),
  previewScript: (subject: ScriptSubject, document: ScriptDocument) => request<ScriptPreviewView>('POST', `${addressOf(subject)}/preview`, document),
  saveScript: ({ kind, language, version }: VersionedScriptView, document: ScriptDocument) =>
    request<VersionedScriptView>('PUT', addressOf({ kind, language }), { since: version, document }),
  scriptVersions: async (subject: ScriptSubject) => (await request<{ versions: KeptVersion<ScriptDocument>[] }>('GET', `${addressOf(subject)}/versions`)).versions,
  callerNumbers: () => request<CallerNumbersView>('GET', '/v1/caller-numbers'),
  forecastNumbers: (settings: CallerNumbers) => request<CallerNumberForecastView>('POST', '/v1/caller-numbers/forecast', settings),
  saveNumbers: (since: number, settings: CallerNumbers) => request<CallerNumbersView>('PUT', '/v1/caller-numbers', { since, settings }),
  directory: () => request<DirectoryView>('GET', '/v1/directory'),
  saveDirectory: (since: number, settings: Directory) => request<DirectoryView>('PUT', '/v1/directory', { since, settings }),
  directoryVersions: async () => (await request<{ versions: ArrangementVersionView[] }>('GET', '/v1/directory/versions')).versions,
  numberVersions: async () => (await request<{ versions: ArrangementVersionView[] }>('GET', '/v1/caller-numbers/versions')).versions,
}
