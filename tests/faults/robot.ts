import type { PresenceView } from '../../api/views/presence'
import { trustedAnswers } from '../../domain/reminder/check'
import { insist, type Answer, type Asked } from './http'
import type { Draw } from './seeded'
import { readEvents } from './serverSentEvents'
import { joinTalk } from './softphone'
import { adviseByLink, type TrustedContact } from './trusted'
import { pause, type World } from './world'

/** What an agent said about a payment, and how it was taken. */
export interface GivenVerdict {
  agent: string
  caseId: string
  paymentId: string
  verdict: string
  /** Of the last answer, after as many tries as it took. */
  status: number
  effect?: 'taken' | 'waits_for_contact'
  tries: number
  at: number
}

export interface RobotReport {
  accepted: number
  deaths: number
  verdicts: GivenVerdict[]
  trusted: TrustedContact[]
  /** Talks after which another agent was to call. */
  calledAgain: number
  /** Answers that an agent must never get. */
  complaints: string[]
}

interface Desk {
  presence?: Pick<PresenceView, 'status' | 'caseId' | 'chats'> & { offer: { offerId: string; caseId: string } | null }
  call?: { caseId: string; status: string; contactAt: string | null }
}

/**
 * An agent at a browser: available whenever possible, takes offers (mostly), talks, says what became
 * clear, hangs up. Some decline, some overlook an offer, some forget the verdict, some die on the phone.
 */
export function createRobot(world: World, user: { email: string; password: string }, draw: Draw) {
  const { product, over } = world
  const report: RobotReport = { accepted: 0, deaths: 0, verdicts: [], trusted: [], calledAgain: 0, complaints: [] }
  const seen = new Set<string>()
  let cookie = ''
  let desk: Desk = {}
  let life = new AbortController()
  let wake = () => {}

  const call = <T>(path: string, asked: Asked = {}): Promise<Answer<T> & { tries: number }> =>
    insist<T>(`${product.baseUrl}${path}`, { ...asked, headers: { cookie } }, AbortSignal.any([over, life.signal]))

  async function signIn(): Promise<void> {
    const { email, password } = user
    const answer = await insist(`${product.baseUrl}/v1/session`, { method: 'POST', body: { email, password } }, over)
    if (answer.status !== 200) throw new Error(`${email} cannot sign in: ${answer.status} ${JSON.stringify(answer.body)}`)
    cookie = answer.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ')
  }

  async function listen(): Promise<void> {
    const unwanted = AbortSignal.any([over, life.signal])
    while (!unwanted.aborted) {
      const refused = await readEvents(`${product.baseUrl}/v1/desk/events`, { cookie }, unwanted, ({ event, data }) => {
        if (event === 'presence') desk.presence = data as Desk['presence']
        if (event === 'offer' && desk.presence) desk.presence.offer = data as { offerId: string; caseId: string }
        if (event === 'call') desk.call = data as Desk['call']
        wake()
      })
      if (refused === 401) await signIn().catch(() => undefined)
      await pause(300, unwanted)
    }
  }

  const changed = () => Promise.race([new Promise<void>((resolve) => (wake = resolve)), pause(500, over)])
  /** The chats that are not over, and then the call. */
  const inHand = ({ status, caseId, chats }: NonNullable<Desk['presence']>) => {
    const open = chats.filter(({ wrapUpUntil }) => wrapUpUntil === null).map((chat) => chat.caseId)
    const calls = chats.some((chat) => chat.caseId === caseId) || caseId === null ? [] : [caseId]
    return status === 'busy' ? [...open, ...calls] : []
  }
  const has = (caseId: string) => desk.presence !== undefined && inHand(desk.presence).includes(caseId)
  const patiently = async (until: () => boolean, millis: number) => {
    for (const end = Date.now() + millis; !until() && Date.now() < end && !over.aborted;) await changed()
  }

  async function answerOffer({ offerId }: { offerId: string }): Promise<void> {
    seen.add(offerId)
    await pause(draw.between(100, 1_500), over)
    const how = draw.weighted({ accept: 86, decline: 6, overlook: 8 })
    if (how === 'overlook') return
    world.moment('accept')
    const answer = await call(`/v1/desk/offers/${offerId}/${how}`, { method: 'POST', body: how === 'decline' ? {} : undefined })
    if (answer.status === 200) report.accepted++
    else if (![204, 409].includes(answer.status)) report.complaints.push(`${user.email}: ${how} of ${offerId} was answered ${answer.status}`)
  }

  async function serve(caseId: string): Promise<void> {
    const { body } = await call<{ kind?: string }>(`/v1/desk/cases/${caseId}`)
    const isCheck = body.kind === 'answer_reminder'
    const speak = { answer_reminder: sayWhatCameOfTheTalk, transfer_help: sayWhatThePayeeSaid }[body.kind ?? ''] ?? sayWhatBecameClear
    const talk = new AbortController()
    const joined = joinTalk(world, { caseId, cookie, over: AbortSignal.any([over, life.signal, talk.signal]) })
    try {
      if (draw.chance(0.07)) return await die()
      // A chat has no call to wait for, and is told by nothing but the case.
      const hasty = draw.chance(isCheck ? 0.6 : 0.15)
      const talking = () => desk.call?.caseId === caseId && desk.call.contactAt !== null
      await patiently(() => !has(caseId) || talking(), hasty ? 0 : 25_000)
      if (!has(caseId)) return
      await pause(draw.between(200, 2_000), over)
      if ((hasty || talking()) && !draw.chance(0.1)) await speak(caseId)
      if (!hasty) await call(`/v1/desk/cases/${caseId}/hang-up`, { method: 'POST' })
      await patiently(() => !has(caseId), 15_000)
    } finally {
      talk.abort()
      await joined
    }
  }

  /** The browser is gone in the middle of it, and comes back some time later. */
  async function die(): Promise<void> {
    report.deaths++
    life.abort()
    desk = {}
    await pause(draw.between(4_000, 15_000), over)
    life = new AbortController()
    await signIn()
    void listen()
  }

  async function sayWhatBecameClear(caseId: string): Promise<void> {
    const view = await call<{ payments: { paymentId: string; decision: string }[] }>(`/v1/desk/cases/${caseId}`)
    const open = view.status === 200 ? view.body.payments.filter(({ decision }) => decision === 'undecided') : []
    if (open.length === 0) return
    const verdicts = open.map(({ paymentId }) => {
      const verdict = draw.weighted({ owner_confirmed: 50, not_owner: 25, scam: 15, unsure: 10 })
      return { paymentId, verdict, ...(verdict === 'scam' ? { scamType: 'investment' } : {}) }
    })
    world.moment('verdict')
    const { status, body, tries } = await call<{ verdicts: { paymentId: string; effect: GivenVerdict['effect'] }[] }>(`/v1/desk/cases/${caseId}/verdicts`, {
      method: 'POST',
      body: { verdicts },
    })
    for (const { paymentId, verdict } of verdicts) {
      const effect = status === 200 ? body.verdicts.find((one) => one.paymentId === paymentId)?.effect : undefined
      report.verdicts.push({ agent: user.email, caseId, paymentId, verdict, status, effect, tries, at: Date.now() })
    }
    if (![200, 403, 409].includes(status)) report.complaints.push(`${user.email}: verdicts on ${caseId} were answered ${status} ${JSON.stringify(body)}`)
  }

  /** About a payment that is paused. */
  async function sayWhatCameOfTheTalk(caseId: string): Promise<void> {
    const outcome = draw.weighted({ cancelled: 15, delayed: 10, trusted_contact: 30, goes_on: 45 })
    const contact: TrustedContact = { caseId, phone: `+86136${draw.whole(10_000_000, 99_999_999)}` }
    const { status, body } = await call<{ calledAgain?: boolean }>(`/v1/desk/cases/${caseId}/talk`, {
      method: 'POST',
      body: { outcome, ...(outcome === 'trusted_contact' ? { trustedContact: { name: '周女士', phone: contact.phone } } : {}) },
    })
    if (status === 200 && body.calledAgain) report.calledAgain++
    if (status === 200 && outcome === 'trusted_contact') {
      report.trusted.push(contact)
      void adviseByLink(world, contact, draw.one(trustedAnswers))
    }
    if (![200, 403, 409].includes(status)) report.complaints.push(`${user.email}: the talk of ${caseId} was answered ${status} ${JSON.stringify(body)}`)
  }

  /** Whoever was sent money by mistake, on the line. */
  async function sayWhatThePayeeSaid(caseId: string): Promise<void> {
    const answer = draw.weighted({ return: 60, refuse: 40 })
    const { status, body } = await call(`/v1/transfer-help/${caseId}/payee-answer`, { method: 'POST', body: { answer } })
    if (![202, 409].includes(status)) report.complaints.push(`${user.email}: the payee's answer in ${caseId} was answered ${status} ${JSON.stringify(body)}`)
  }

  async function work(): Promise<void> {
    await changed()
    const { presence } = desk
    if (!presence) return
    const { status, offer } = presence
    const [caseId] = inHand(presence)
    if (offer && !seen.has(offer.offerId)) await answerOffer(offer)
    else if (caseId) await serve(caseId)
    else if (['offline', 'break', 'wrap_up'].includes(status)) {
      await pause(draw.between(200, 1_500), over)
      const answer = await call<NonNullable<Desk['presence']>>('/v1/desk/presence', { method: 'PUT', body: { status: 'available' } })
      if (answer.status === 200) desk.presence = answer.body
    }
  }

  return {
    report,
    /** What the desk showed last. */
    get presence() {
      return desk.presence
    },
    /** Until the world is over. Never rejects. */
    async run(): Promise<void> {
      const complain = (error: unknown) => {
        if (!over.aborted && !life.signal.aborted) report.complaints.push(`${user.email}: ${String(error)}`)
      }
      await signIn().catch(complain)
      void listen()
      while (!over.aborted) await work().catch(complain)
    },
  }
}

export type Robot = ReturnType<typeof createRobot>
