import type { review as english } from '../en/review'

export const review: typeof english = {
  action: '核对并保存',
  name: '设置',
  before: '之前',
  after: '今后',
  save: '保存',
  nothing: '没有修改。',
  versions: '历史版本',
  byWhom: '第 {{version}} 版，{{when}}，{{who}}',
  effects: {
    title: '保存后会怎样',
    none: '没有其他影响。',
    noQueue: '不属于任何队列的案件',
    reach: '{{queue}}：可接的客服 {{before}} → {{after}} 人；现在等待 {{waiting}} 件',
    nobody_one: '{{queue}}：将没有人能接，现有 {{count}} 件在等待。',
    nobody_other: '{{queue}}：将没有人能接，现有 {{count}} 件在等待。',
  },
  useAgain: '重新采用第 {{version}} 版',
}
