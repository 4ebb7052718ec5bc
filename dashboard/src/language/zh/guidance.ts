export const guidance = {
  title: '安全指导',
  period: '时间段',
  days: '最近 {{count}} 天',
  none: '这段时间里没有客户接受过指导。',
  lead: '已复查的客户中有 {{share}} 提高了安全等级（{{looked}} 位中的 {{raised}} 位；共指导 {{guided}} 位）。',
  byAgent: '按客服',
  byScript: '按话术及版本',
  script: '{{language}}，{{kind}}，第 {{version}} 版',
  scriptAsDelivered: '{{language}}，{{kind}}，出厂版本',
  byAdvice: '按建议（客户确实做了这一项）',
  column: { who: '对象', guided: '已指导', looked: '一天或一周后已复查', raised: '已提高', share: '比例' },
}
