import { describe, expect, it } from 'vitest'
import { readKept, writeKept } from '../../../renderer/features/setup/first-run/kept-setup.ts'
import { newSetup, STEPS } from '../../../renderer/features/setup/first-run/setup-form.ts'
import { newId } from '../../../shared/id.ts'

const begun = newSetup({ bankAccountId: newId(), drawerId: newId(), personId: newId() }, 'America/Chicago')
const typed = {
  ...begun,
  utilityName: 'Town of Alder Creek',
  scansBills: true,
  administrator: { ...begun.administrator, name: 'Ada', pin: '90471', pinAgain: '90471' },
}

describe('the wizard after a reload', () => {
  it('stands at its step with everything that was typed but the PIN', () => {
    const text = writeKept({ form: typed, at: 3 })
    expect(text).not.toContain('90471')
    expect(readKept(text, begun)).toEqual({
      at: 3,
      form: { ...typed, administrator: { ...typed.administrator, pin: '', pinAgain: '' } },
    })
  })

  it.each([
    ['nothing', null],
    ['no text of ours', 'x'],
    ['something else', '[]'],
    ['a part that is missing', JSON.stringify({ at: 0, form: { ...typed, drawers: [] } })],
    ['a part of another kind', JSON.stringify({ at: 0, form: { ...typed, code: 1 } })],
    ['half a drawer', JSON.stringify({ at: 0, form: { ...typed, drawers: [...typed.drawers, {}] } })],
  ])('begins anew where %s was kept', (_, text) => {
    expect(readKept(text, begun)).toBeNull()
  })

  it('begins at the welcome where the step is none', () => {
    expect(readKept(writeKept({ form: typed, at: STEPS.length }), begun)?.at).toBeNull()
  })
})
