export const review = {
  action: 'Review and save',
  name: 'Setting',
  before: 'Before',
  after: 'From now on',
  save: 'Save',
  nothing: 'Nothing is changed.',
  versions: 'Earlier versions',
  byWhom: 'Version {{version}}, {{when}}, {{who}}',
  useAgain: 'Take version {{version}} again',
}
