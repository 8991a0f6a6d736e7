/** Files of answers as text: whole or refused, by the template that comes with central or by a city's own. */
import { expect, it } from 'vitest'
import { BUILT_IN_ACK, parseAckTemplate, readAnswers } from '../../../central/carrier/acknowledgement.ts'

it.each<[RegExp, string]>([
  [/no trailer/, 'H\nA,1,W1-1,1,A,B,\n'],
  [/no trailer/, ''],
  [/counts 2, but there are 1/, 'H\nA,1,W1-1,1,A,B,\nZ,2\n'],
  [/counts nothing/, 'H\nZ,\n'],
  [/Row 2 .*marked "X"/, 'H\nX,1\nZ,1\n'],
  [/Row 2 .*no sequence number/, 'H\nA,one,W1-1,1,A,B,\nZ,1\n'],
  [/Row 2 .*no line/, 'H\nA,1,W1-1,,A,B,\nZ,1\n'],
  [/Row 2 .*names no receipt/, 'H\nA,1,,1,A,B,\nZ,1\n'],
  [/Row 2 .*neither accepted nor rejected/, 'H\nA,1,W1-1,1,maybe,B,\nZ,1\n'],
  [/Row 2 .*no printable text/, `H\nA,1,W1-1,1,A,${'B'.repeat(41)},\nZ,1\n`],
  [/no CSV/, 'H\nA,1,"W1-1,1,A,B,\nZ,1\n'],
])('answers are refused in words: %s', (why, text) => {
  const read = readAnswers(BUILT_IN_ACK, Buffer.from(text))
  if (read.ok) throw new Error('They were taken')
  expect(read.why).toMatch(why)
})

it('answers by a city’s own template: other columns, words and encoding', () => {
  const columns = { sequence: 1, receipt: 2, line: 3, status: 4, reference: 6, reason: 5 }
  const own = {
    ...{ format: 'csv', encoding: 'windows-1252', delimiter: ';', headerLines: 0 },
    ...{ mark: { column: 7, detail: '', trailer: 'END' }, count: 1, columns },
    ...{ accepted: ['0'], rejected: ['9'] },
  }
  const read = parseAckTemplate(JSON.stringify(own))
  if (!read.ok) throw new Error(read.problems.join())
  const text = Buffer.from('1;W1-1;2;9;Se\xf1or;;\r\n1;;;;;;END\r\n', 'latin1')
  expect(readAnswers(read.template, text)).toEqual({
    ok: true,
    answers: [
      { row: 1, sequence: 1, receipt: 'W1-1', lineNo: 2, accepted: false, reference: null, said: 'Señor' },
    ],
  })
  const twice = parseAckTemplate(
    JSON.stringify({ ...own, rejected: ['0'], mark: { ...own.mark, detail: 'END' } }),
  )
  expect(twice.ok ? [] : twice.problems).toEqual([
    expect.stringContaining('leave it in one'),
    expect.stringContaining('otherwise than an answer'),
  ])
})
