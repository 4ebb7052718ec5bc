import type { Pool } from 'pg'

const batch = 20_000
/** Of ten cases four need one call, three two, two three, one six. */
const attemptsPerCase = 2.2

/**
 * Fills a migrated, empty database with closed cases of the last two years, made by the database itself from
 * a row's number, so that every run has the same. The triggers run as in service, apart from the timeline's.
 * @param attempts how many calls there are to be, about
 */
export async function fillHistories(pool: Pool, attempts: number, onProgress: (done: number) => void): Promise<{ cases: number; attempts: number }> {
  const cases = Math.round(attempts / attemptsPerCase)
  await pool.query(agents)
  for (let from = 0; from < cases; from += batch) {
    const range = [from, Math.min(from + batch, cases) - 1]
    for (const statement of [riskCases, payments, calls, offers, moneyActions]) await pool.query(statement, range)
    onProgress(Math.round(((range[1] ?? 0) + 1) * attemptsPerCase))
  }
  await pool.query('VACUUM (ANALYZE)')
  const { rows } = await pool.query<{ count: number }>('SELECT count(*)::int AS count FROM attempt')
  return { cases, attempts: rows[0]?.count ?? 0 }
}

const agents = `
  INSERT INTO staff_user (id, email, name, password_hash, role)
  SELECT 'agent-' || n, 'agent-' || n || '@bench.example', 'Agent ' || n, '-', 'agent' FROM generate_series(1, 200) AS n`

const id = `'case_' || md5('case' || n)`
const openedAt = `timestamptz '2026-11-01' - make_interval(secs => n * 155.0)`
const agent = `'agent-' || (1 + abs(hashint4(n)) % 200)`
const phone = `'+861' || lpad((3000000000 + abs(hashint4(n))::bigint % 6000000000)::text, 10, '0')`
const outcome = `(ARRAY['confirmed','confirmed','confirmed','confirmed','confirmed','confirmed','denied','unreachable','scam','unsure'])[1 + n % 10]`
const verdict = `(ARRAY['owner_confirmed','owner_confirmed','owner_confirmed','owner_confirmed','owner_confirmed','owner_confirmed','not_owner',NULL,'scam','unsure'])[1 + n % 10]`
const calledTimes = `(ARRAY[1,1,1,1,2,2,2,3,3,6])[1 + abs(hashint4(n + 7)) % 10]`
const name = `(ARRAY['王','李','张','刘','陈','杨','黄','赵','吴','周'])[1 + n % 10] || (ARRAY['伟','芳','娜','敏','静','丽','强','磊','军','洋','勇','艳','杰','娟','涛'])[1 + n % 15] || (ARRAY['','国','明','文','华'])[1 + n % 5]`
const amount = `(100 + abs(hashint4(n + 3))::bigint % 2000000)`

const riskCases = `
  INSERT INTO risk_case (id, payer_id, payer, locale, status, outcome, priority, policy_version, agent_id, deadline, first_ring_at, opened_at, closed_at)
  SELECT ${id}, 'payer-' || (n % 150000), jsonb_build_object('id', 'payer-' || (n % 150000), 'name', ${name}, 'phones', jsonb_build_array(${phone}), 'locale', 'zh-CN', 'security', '{}'::jsonb),
    'zh-CN', 'closed', ${outcome}, 50, 1, ${agent}, ${openedAt} + interval '180 s', ${openedAt} + interval '40 s', ${openedAt}, ${openedAt} + interval '400 s'
  FROM generate_series($1::int, $2::int) AS n`

const payments = `
  INSERT INTO flagged_payment (id, case_id, body_hash, body, amount, currency, score, paid_at, flagged_at, deadline, predicted_ring_at, rang_at, acknowledged_at, verdict, decision, funds_state)
  SELECT 'pay_' || md5('pay' || n), ${id}, md5('body' || n), jsonb_build_object('method', 'quick_payment', 'payee', jsonb_build_object('id', 'shop', 'name', 'Shop')),
    ${amount}, 'CNY', n % 100, ${openedAt}, ${openedAt}, ${openedAt} + interval '180 s', ${openedAt}, ${openedAt} + interval '40 s', ${openedAt}, ${verdict}, 'final', 'released'
  FROM generate_series($1::int, $2::int) AS n`

const calls = `
  INSERT INTO attempt (id, case_id, number, phone, mode, agent_id, call_sid, status, outcome, intended_at, rang_at, ended_at)
  SELECT ${id} || '.' || k, ${id}, k, ${phone}, 'agent_first', ${agent}, 'CA' || md5(n || '.' || k), 'ended',
    CASE WHEN k = ${calledTimes} THEN 'contact' ELSE 'no_answer' END, ${openedAt} + k * interval '60 s', ${openedAt} + k * interval '60 s', ${openedAt} + k * interval '90 s'
  FROM generate_series($1::int, $2::int) AS n, LATERAL generate_series(1, ${calledTimes}) AS k`

const offers = `
  INSERT INTO offer (id, case_id, agent_id, status, created_at, expires_at)
  SELECT 'offer_' || md5('offer' || n), ${id}, ${agent}, 'accepted', ${openedAt}, ${openedAt} + interval '15 s' FROM generate_series($1::int, $2::int) AS n`

const moneyActions = `
  INSERT INTO money_action (key, case_id, payment_id, kind, status, reason, actor, requested_at, confirmed_at)
  SELECT 'hold:pay_' || md5('pay' || n), ${id}, 'pay_' || md5('pay' || n), 'hold', 'confirmed', 'flagged', 'system:funds', ${openedAt}, ${openedAt}
  FROM generate_series($1::int, $2::int) AS n`
