import { createReport, type Report } from '../../documents/report'
import { pdfText } from './pdfText'

const report: Report = {
  language: 'zh-CN',
  title: '案件报告',
  subtitle: 'Case report',
  footer: 'Confidential 机密',
  createdAt: new Date('2026-11-22T09:00:00Z'),
  sections: [
    {
      heading: '事实',
      blocks: [
        {
          kind: 'facts',
          facts: [
            ['付款人', '李先生'],
            ['金额', '¥7,587.00'],
          ],
        },
        { kind: 'paragraph', text: '支付安全中心来电，通话将被录音。' },
      ],
    },
  ],
}

test('Chinese and Latin text can be read in the file, and its pages are numbered', async () => {
  const { pages, info } = pdfText(await createReport(report))
  expect(pages).toHaveLength(1)
  for (const words of ['案件报告', '付款人 李先生', '¥7,587.00', '支付安全中心来电，通话将被录音。', 'Confidential 机密', '1 / 1'])
    expect(pages[0]).toContain(words)
  expect(info['Title']).toBe('案件报告')
})

test('a long table goes on over pages with its head, and a row higher than a page loses nothing', async () => {
  const rows = Array.from({ length: 120 }, (_, index) => [`row-${index}.`, index === 60 ? '字'.repeat(4_000) : '一行'])
  const table = {
    kind: 'table' as const,
    columns: [
      { title: '编号', width: 1 },
      { title: '内容', width: 2 },
    ],
    rows,
  }
  const { pages } = pdfText(await createReport({ ...report, sections: [{ heading: '表', blocks: [table] }] }))
  expect(pages.length).toBeGreaterThan(3)
  for (const [index, page] of pages.entries()) {
    expect(page).toContain('编号 内容')
    expect(page).toContain(`${index + 1} / ${pages.length}`)
  }
  const all = pages.join('\n')
  for (const [id = ''] of rows) expect(all).toContain(id)
  expect(all.match(/字/g)).toHaveLength(4_000)
})

test('a letter that the font lacks is named, and invisible marks cannot turn the text round', async () => {
  const { pages } = pdfText(await createReport({ ...report, title: '𠮷野家 \u202Eabc\u0007' }))
  expect(pages[0]).toContain('[U+20BB7]野家 [U+202E]abc')
})

test('the watermark is on each page', async () => {
  const rows = Array.from({ length: 60 }, (_, index) => [String(index)])
  const table = { kind: 'table' as const, columns: [{ title: 'n', width: 1 }], rows }
  const { pages } = pdfText(await createReport({ ...report, watermark: '仅供查阅 copy 7', sections: [{ heading: 'x', blocks: [table] }] }))
  expect(pages.length).toBeGreaterThan(1)
  for (const page of pages) expect(page).toContain('仅供查阅 copy 7')
})

test('the same report of the same time is the same file', async () => {
  expect((await createReport(report)).equals(await createReport(report))).toBe(true)
})
