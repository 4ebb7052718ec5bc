import type { dialling as english } from '../en/dialling'

export const dialling: typeof english = {
  switch: '全部外呼',
  running: '正常进行呼叫。',
  pause: '停止全部外呼',
  resume: '恢复外呼',
  reason: '原因',
  pausedTitle: '全部外呼已停止：不会有电话响铃',
  pausedText: '正在响铃或通话的电话继续进行。案件保留、资金暂扣，不会丢失。',
  open: '前往外呼管理',
  list: '免打扰号码',
  listText: '仅当策略允许反欺诈例外时才会呼叫；每次均记录原因。',
  none: '名单中没有号码。',
  phone: '电话',
  since: '加入时间',
  actions: '操作',
  add: '加入',
  remove: '移除',
}
