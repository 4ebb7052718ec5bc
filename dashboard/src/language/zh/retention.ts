export const retention = {
  next: '下次运行将清除的内容',
  lead: '每天按第 {{version}} 版规则清理一次。有 {{count}} 个案件处于法律保全中，其内容一律不清除。',
  last: '最近的运行',
  none: '尚未运行过。',
  running: '仍在运行',
  kind: {
    recordings: '录音及文字记录',
    cases: '已结案件的个人信息',
    paymentChecks: '核验后未暂停的付款',
    transferChecks: '核验过的转账',
  },
  column: {
    kind: '内容',
    days: '保留（天）',
    due: '将被清除',
    oldest: '最早一条',
    held: '因法律保全而保留',
    startedAt: '开始',
    finishedAt: '结束',
    failed: '当时未能清除',
    version: '规则版本',
  },
}
