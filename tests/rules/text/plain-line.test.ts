import { expect, it } from 'vitest'
import { plainLine, plainLines } from '../../../shared/rules/text/plain-line.ts'

it('a name gives a terminal no order, and JSON and CSV stay what they are', () => {
  const name = 'First\u061cBank \u001b]0;owned\u0007 \u{e0041}'
  const said = plainLine(JSON.stringify({ name }))
  expect(said).toMatch(/^[\x20-\x7e]*$/)
  expect(JSON.parse(said)).toEqual({ name })
  expect(plainLines('debit,credit\r\n\t=1+1,2\r\n')).toBe('debit,credit\r\n\t=1+1,2\r\n')
})
