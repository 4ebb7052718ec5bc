import type { Scorecard } from './scorecard'

/** What a fresh installation scores by, until a supervisor composes something better. */
export const defaultScorecard: Scorecard = {
  name: { en: 'Risk callback', zh: '风险回访' },
  active: true,
  appliesTo: { kinds: [], verdicts: [], queues: [] },
  sections: [
    {
      id: 'opening',
      title: { en: 'Opening', zh: '开场' },
      questions: [
        { id: 'identified', kind: 'critical', weight: 0, text: { en: 'Told no payment detail before the payer had identified themselves', zh: '付款人确认身份之前未透露任何付款细节' } },
        { id: 'introduced', kind: 'yes_no', weight: 2, text: { en: 'Said who is calling, why, and the words that the app shows', zh: '说明了来电方、来意，并说出应用中显示的口令' } },
      ],
    },
    {
      id: 'judgement',
      title: { en: 'Judgement', zh: '判断' },
      questions: [
        { id: 'each_payment', kind: 'yes_no', weight: 3, text: { en: 'Asked about every flagged payment', zh: '逐笔核实了每一笔被标记的付款' } },
        { id: 'verdict_right', kind: 'critical', weight: 0, text: { en: 'The verdict is what the payer said', zh: '结论与付款人所述一致' } },
        { id: 'scam_questions', kind: 'scale', weight: 3, text: { en: 'Recognised, or ruled out, a scam by asking', zh: '通过提问识别或排除了诈骗' } },
      ],
    },
    {
      id: 'care',
      title: { en: 'Care', zh: '关怀' },
      questions: [
        { id: 'guidance', kind: 'yes_no', weight: 2, text: { en: 'Gave the security advice that the account needs', zh: '给出了该账户所需的安全建议' } },
        { id: 'clear_calm', kind: 'scale', weight: 2, text: { en: 'Was clear, calm and polite', zh: '表达清楚、冷静、有礼貌' } },
      ],
    },
  ],
}
