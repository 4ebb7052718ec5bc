import type { attention as english } from '../en/attention'

export const attention: typeof english = {
  said: '“{{said}}”',
  what: {
    ledger_refused: '账务系统拒绝了指令：{{action}}，付款 {{payment}}。',
    dispute_not_taken_up: '该争议未在时限内有人受理。',
    payee_disagrees: '付款人与收款人未达成一致。',
    payee_did_not_keep: '收款人同意退回，但款项未全部退回。',
    payee_unreached: '未能联系上收款人。',
    promise_broken: '付款 {{payment}} 未按时响铃，时间耗在：{{step}}。',
    not_handed_over: '付款 {{payment}} 已登记，但尚无流程接手。',
    event_dead: '无法将“{{event}}”通知风控引擎。',
    help_asked: '{{agent}} 在通话中请求协助。',
  },
  todo: {
    ledger_refused: '请在支付核心处理其拒绝的原因。系统会在 1、5、15 分钟后重试，之后每小时一次。',
    dispute_not_taken_up: '请受理，或指派他人。',
    payee_disagrees: '请居中调解。',
    payee_did_not_keep: '请居中调解。',
    payee_unreached: '请调解，或结束调解。',
    not_handed_over: '数据不会丢失，每 10 秒重试一次。若持续存在，请检查 Temporal 是否可达。',
    event_dead: '请查明原因，再到“管理 · 外发事件”中重新发送。',
    help_asked: '请对其耳语，或加入通话。',
    step: {
      flagged_late: '请向风控引擎的运维了解标记为何过晚。',
      intake: '请检查 Temporal 与 worker 是否正常运行。',
      agent_search: '请增加在岗客服，或让队列更早放宽条件。',
      dial_queue: '待拨电话超过账号每秒上限，请向电话服务商申请提高。',
      provider: '请查看电话服务商的状态页。',
    },
  },
}
