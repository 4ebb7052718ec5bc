import { useSession } from '../session/useSession'
import { useWallboard } from '../wallboard/useWallboard'
import { MonitorControls } from './MonitorControls'

/** On a case's page: its call, while there is one that a supervisor may join. */
export function LiveCall({ caseId }: { caseId: string }) {
  const { data: user } = useSession()
  return user?.role === 'supervisor' ? <Joinable caseId={caseId} /> : null
}

function Joinable({ caseId }: { caseId: string }) {
  const { board } = useWallboard()
  const call = board?.cases.find((each) => each.caseId === caseId)
  return call ? <MonitorControls call={call} /> : null
}
