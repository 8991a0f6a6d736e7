/** What central says of itself, to programs and to people. */
import { expect, it, onTestFinished } from 'vitest'
import { makeApp } from '../../central/http/app.ts'
import { openMemory } from '../../db/central/open.ts'
import { silentLog } from '../../electron/backend/runtime/log.ts'
import { ORIGIN } from '../support/central/signed.ts'
import { CENTRAL_OWN } from '../support/central/till-journal.ts'

it('the API describes itself to programs and to people', async () => {
  const db = await openMemory()
  onTestFinished(() => db.close())
  const app = makeApp({ key: CENTRAL_OWN, db, clock: () => 0, log: silentLog() })
  const body = (await (await app.fetch(new Request(`${ORIGIN}/openapi.json`))).json()) as {
    openapi: string
    paths: object
  }
  expect(body.openapi).toMatch(/^3\.1/)
  const text = JSON.stringify(body)
  for (const path of ['/v1/push', '/v1/enrol', '/v1/accounts'])
    expect(Object.keys(body.paths)).toContain(path)
  expect(text).not.toContain('"not":{}')
  expect(text).toContain('"format":"date"')
  const page = await app.fetch(new Request(`${ORIGIN}/`))
  expect(await page.text()).toContain('POST /v1/push')
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
})
