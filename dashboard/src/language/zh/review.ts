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
  useAgain: '重新采用第 {{version}} 版',
}
