import { describe, expect, it } from 'vitest'
import { findByLetters, stepTo } from '../../../renderer/ui/choices.tsx'
import { hearing, keyName, type LayerKind } from '../../../renderer/ui/keys/keys.ts'

function pressed(key: string, modifiers: { ctrlKey?: boolean; shiftKey?: boolean } = {}): string {
  return keyName({ key, ctrlKey: false, altKey: false, metaKey: false, shiftKey: false, ...modifiers })
}

function layer(kind: LayerKind, name: string, group: symbol | null = null) {
  return { kind, name, group }
}

describe('keys', () => {
  it.each([
    ['k', { ctrlKey: true }, 'Ctrl+K'],
    ['F10', {}, 'F10'],
    ['?', { shiftKey: true }, '?'],
    ['p', {}, 'P'],
    ['Delete', { ctrlKey: true }, 'Ctrl+Delete'],
  ])('%s is called as on the strip', (key, modifiers, name) => {
    expect(pressed(key, modifiers)).toBe(name)
  })

  it('an open dialog hides the keys of the screen, not those that are heard everywhere', () => {
    const heard = hearing([layer('screen', 'window'), layer('global', 'lock'), layer('dialog', 'void')])
    expect(heard.map(l => l.name)).toEqual(['void', 'lock'])
  })

  it('of two dialogs only the upper one hears', () => {
    const heard = hearing([layer('dialog', 'below', Symbol()), layer('dialog', 'above', Symbol())])
    expect(heard.map(l => l.name)).toEqual(['above'])
  })

  it('parts of one dialog hear together', () => {
    const group = Symbol()
    const heard = hearing([layer('dialog', 'frame', group), layer('dialog', 'list', group)])
    expect(heard.map(l => l.name)).toEqual(['list', 'frame'])
  })
})

describe('choosing out of a list by keys', () => {
  const people = [
    { id: '1', label: 'D. Whitfield' },
    { id: '2', label: 'M. Alvarez' },
    { id: '3', label: 'M. Abbot' },
  ]

  it.each([
    ['alv', 1],
    ['m', 1],
    ['m a', 1],
    ['whit', 0],
    ['zz', -1],
  ])('the letters %s', (letters, index) => {
    expect(findByLetters(people, letters)).toBe(index)
  })

  it('arrows stop at the ends', () => {
    expect(stepTo(people, 2, 'ArrowDown')).toBe(2)
    expect(stepTo(people, 0, 'ArrowUp')).toBe(0)
    expect(stepTo(people, 0, 'End')).toBe(2)
    expect(stepTo(people, 0, 'x')).toBeNull()
  })
})
