import type pg from 'pg'
import type { Demand } from './plan'

export interface Measured {
  demand: Partial<Demand>
  flags: number
  attempts: number
}

interface Row {
  flags: string
  busiest_hour: string | null
  flag_delay: number | null
  surge: string | null
  attempts: string
  answered: string
  talk: number | null
  answering: number | null
  unanswered: number | null
  accepting: number | null
}

/** What the product's own records say of the last hours. What there was nothing of is left out. */
export async function measure(pool: Pick<pg.Pool, 'query'>, hours: number): Promise<Measured> {
  const { rows } = await pool.query<Row>(
    `WITH flag AS (SELECT flagged_at, paid_at, late FROM flagged_payment WHERE flagged_at > now() - make_interval(hours => $1)),
          call AS (SELECT * FROM attempt WHERE intended_at > now() - make_interval(hours => $1) AND rang_at IS NOT NULL AND mode <> 'inbound')
     SELECT (SELECT count(*) FROM flag) AS flags,
            (SELECT max(n) FROM (SELECT count(*) AS n FROM flag GROUP BY date_trunc('hour', flagged_at)) AS hour) AS busiest_hour,
            (SELECT max(n) FROM (SELECT count(*) AS n FROM flag GROUP BY date_trunc('second', flagged_at)) AS second) AS surge,
            (SELECT percentile_cont(0.95) WITHIN GROUP (ORDER BY extract(epoch FROM flagged_at - paid_at))::float8 FROM flag WHERE NOT late) AS flag_delay,
            (SELECT count(*) FROM call) AS attempts,
            (SELECT count(*) FROM call WHERE outcome IN ('contact', 'no_contact')) AS answered,
            (SELECT avg(extract(epoch FROM ended_at - answered_at))::float8 FROM call WHERE outcome = 'contact' AND mode <> 'automated') AS talk,
            (SELECT avg(extract(epoch FROM answered_at - rang_at))::float8 FROM call WHERE outcome IN ('contact', 'no_contact')) AS answering,
            (SELECT avg(extract(epoch FROM ended_at - rang_at))::float8 FROM call WHERE outcome IN ('no_answer', 'busy')) AS unanswered,
            (SELECT avg(extract(epoch FROM answered_at - created_at))::float8 FROM offer
              WHERE status = 'accepted' AND created_at > now() - make_interval(hours => $1)) AS accepting`,
    [hours],
  )
  const [row] = rows
  if (!row) throw new Error('PostgreSQL gave no answer')
  const [flags, attempts] = [Number(row.flags), Number(row.attempts)]
  const found: Partial<Record<keyof Demand, number | null>> = {
    flagsPerHour: flags > 0 ? Number(row.busiest_hour) : null,
    surgeFlags: flags > 0 ? Number(row.surge) : null,
    flagDelaySeconds: row.flag_delay && Math.max(0, row.flag_delay),
    answerRate: attempts > 0 ? Number(row.answered) / attempts : null,
    talkSeconds: row.talk,
    answerSeconds: row.answering,
    ringSeconds: row.unanswered,
    acceptSeconds: row.accepting,
  }
  return { demand: Object.fromEntries(Object.entries(found).filter(([, value]) => value !== null)) as Partial<Demand>, flags, attempts }
}
