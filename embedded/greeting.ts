import type { StartConfiguration } from './configuration'
import { demoUsers, isDemo } from './demo'
import { simulatorUrl } from './environment'
import type { StartedParts } from './parts'

/** What a newcomer needs to see once everything runs. */
export function describeReady(start: StartConfiguration, { secrets, temporalUiUrl }: StartedParts): string {
  const addresses = [
    ['Dashboard', start.publicBaseUrl],
    ['API documentation', `${start.publicBaseUrl}/docs`],
    ...(isDemo(start)
      ? [
          ['Demo wallet', `${simulatorUrl(start)}/wallet/`],
          ['Phone page', `${simulatorUrl(start)}/phone`],
        ]
      : []),
    ...(temporalUiUrl ? [['Temporal', temporalUiUrl]] : []),
  ]
  const accounts = demoUsers.map(({ email, name }) => [name, email])
  return [
    '',
    'risk-callback is running.',
    '',
    ...table(addresses),
    '',
    ...(isDemo(start)
      ? [`Demo accounts, all with the password ${secrets.password}`, '', ...table(accounts), '', `For scripts: ${start.dataDir}/demo.json`]
      : ['Real phones or real money are in reach, so there are no demo accounts.']),
    '',
    'Ctrl-C stops everything; nothing is lost, calls in flight go on at the next start.',
    '',
  ].join('\n')
}

function table(rows: string[][]): string[] {
  const width = Math.max(...rows.map(([name]) => name!.length))
  return rows.map(([name, value]) => `  ${name!.padEnd(width)}  ${value}`)
}
