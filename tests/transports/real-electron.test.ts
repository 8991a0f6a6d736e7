/** The same transport in the real Electron, where its program is there. */
import { fileURLToPath } from 'node:url'
import { _electron } from 'playwright-core'
import { expect, it, onTestFinished } from 'vitest'
import { findElectron, root } from '../../build/setup.mjs'
import { sampleFolder, samplePerson } from '../support/template.ts'

const program = findElectron(root)
if (program === undefined)
  console.warn('NOT TESTED: the real Electron. Its program is not here and is only fetched by `npm start`.')

it.skipIf(program === undefined)('in the real Electron a cashier signs in through the port', async () => {
  const dataDir = await sampleFolder()
  const main = fileURLToPath(new URL('../../dist/main/main.js', import.meta.url))
  const electron = await _electron.launch({
    executablePath: program ?? '',
    args: [main, '--data', dataDir, '--no-sandbox'],
  })
  onTestFinished(() => electron.close())
  const page = await electron.firstWindow()
  const { name, pin } = samplePerson('cashier')
  await page.getByText(name).first().click()
  await page.keyboard.type(pin)
  await page.keyboard.press('Enter')
  await page.getByText('Window 1').first().waitFor()
  expect(await page.evaluate('window.tillproof')).toEqual({ transport: 'port' })
  const kinds = await page.evaluate('[typeof require, typeof process, typeof Buffer]')
  expect(kinds).toEqual(['undefined', 'undefined', 'undefined'])
})
