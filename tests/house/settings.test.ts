/** Every setting that is asked for as one field stands on a screen. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { askedSettings, SETTING_FAMILIES } from '../../shared/settings/index.ts'

const SCREENS = join(import.meta.dirname, '../../renderer/features/setup')

it('each family with fields is asked for on a screen', () => {
  const text = readdirSync(SCREENS, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.tsx'))
    .map(name => readFileSync(join(SCREENS, name), 'utf8'))
    .join('\n')
  const shown = new Set([...text.matchAll(/family="(\w+)"/g)].map(([, family]) => family))
  const asked = SETTING_FAMILIES.filter(family => askedSettings(family).length > 0)
  expect(asked.length).toBeGreaterThan(3)
  expect(asked.filter(family => !shown.has(family))).toEqual([])
})
