export const guidance = {
  title: 'Security guidance',
  period: 'Period',
  days: 'the last {{count}} days',
  none: 'No payer was guided in this period.',
  lead: '{{share}} of the payers whom we could look at raised their security ({{raised}} of {{looked}}; {{guided}} were guided).',
  byAgent: 'By agent',
  byScript: 'By script and its version',
  script: '{{language}}, {{kind}}, version {{version}}',
  scriptAsDelivered: '{{language}}, {{kind}}, as delivered',
  byAdvice: 'By advice: that very thing was done',
  column: { who: 'Who or what', guided: 'Guided', looked: 'Looked at after a day or a week', raised: 'Raised', share: 'Share' },
}
