export const review = {
  action: 'Review and save',
  name: 'Setting',
  before: 'Before',
  after: 'From now on',
  save: 'Save',
  nothing: 'Nothing is changed.',
  versions: 'Earlier versions',
  byWhom: 'Version {{version}}, {{when}}, {{who}}',
  effects: {
    title: 'What it will do',
    none: 'Nothing besides.',
    noQueue: 'Cases that no queue takes',
    reach: '{{queue}}: {{before}} → {{after}} agents may have them; waiting now: {{waiting}}',
    nobody_one: '{{queue}}: nobody may have them any more, and {{count}} case waits.',
    nobody_other: '{{queue}}: nobody may have them any more, and {{count}} cases wait.',
  },
  useAgain: 'Take version {{version}} again',
}
