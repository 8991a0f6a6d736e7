import { describe, expect, it } from 'vitest'
import { forbiddenImports, importCircles, importsOf } from './import-rules.ts'
import { filesBelow } from './sources.ts'

const product = filesBelow(['shared', 'db', 'central', 'electron', 'renderer'], ['.ts', '.tsx'])

describe('who may import whom', () => {
  it('there are files in every part of the house to look at', () => {
    const parts = new Set(product.map(file => file.path.split('/')[0]))
    expect([...parts].sort()).toEqual(['central', 'db', 'electron', 'renderer', 'shared'])
  })

  it('no file imports what the table keeps from it', () => {
    expect(product.flatMap(forbiddenImports)).toEqual([])
  })

  it('no files import each other in a ring, not even for their types', () => {
    expect(importCircles(product)).toEqual([])
  })

  it('a ring is found, however long', () => {
    const ring = [
      { path: 'shared/a.ts', text: "import type { B } from './b.ts'" },
      { path: 'shared/b.ts', text: "export { c } from './c.ts'" },
      { path: 'shared/c.ts', text: "import './a.ts'" },
    ]
    expect(importCircles(ring)).toEqual(['shared/a.ts → shared/b.ts → shared/c.ts → shared/a.ts'])
  })

  it.each([
    ['shared/rules/receipt/settle.ts', "import { readFileSync } from 'node:fs'"],
    ['shared/rules/receipt/settle.ts', "import type { Row } from '../../../db/ledger/schema.ts'"],
    ['shared/rules/receipt/settle.ts', "import Big from 'big.js'"],
    ['db/ledger/journal.ts', "import { router } from '../../electron/backend/router.ts'"],
    ['db/ledger/journal.ts', "export * from 'zod'"],
    ['electron/backend/router.ts', "const shell = await import('electron')"],
    ['electron/backend/deposit/read.ts', "import { x } from '../session/readings.ts'"],
    ['electron/backend/deposit/read.ts', "import type { X } from '../session/readings.ts'"],
    ['electron/backend/router.ts', "import type { Kysely } from 'kysely'"],
    ['electron/backend/router.ts', "import fs from 'fs'"],
    ['electron/backend/router.ts', "export { mount } from '../transports/http.ts'"],
    ['electron/transports/port.ts', "import { ipcMain } from 'electron'"],
    ['electron/host.ts', "const electron = require('electron')"],
    ['electron/host.ts', "const name = 'electron'; await import(name)"],
    ['electron/preload.ts', "import { contract } from '../shared/contract/index.ts'"],
    ['renderer/main.tsx', "import { openTill } from '../db/till.ts'"],
    ['renderer/main.tsx', "import { join } from 'node:path'"],
    ['renderer/main.tsx', "let row: import('../db/schema.ts').Row"],
    ['renderer/main.tsx', "import { createORPCClient } from '@orpc/server'"],
    ['central/journal/position.ts', "import { makeApp } from '../http/app.ts'"],
    ['central/posting/receive.ts', "import type { Feed } from '../accounts/feeds.ts'"],
    ['central/city/enrol.ts', "import { run } from '../cli/admin.ts'"],
    ['central/accounts/feeds.ts', "import { Hono } from 'hono'"],
    [
      'renderer/features/session/close/close-screen.tsx',
      "import { x } from '../../deposit/deposit-view.tsx'",
    ],
    ['somewhere/else.ts', ''],
  ])('%s is told off for: %s', (path, text) => {
    expect(forbiddenImports({ path, text })).toHaveLength(1)
  })

  it.each([
    ['shared/money.ts', "import Big from 'big.js'"],
    ['db/ledger/till.ts', "import Database from 'better-sqlite3'"],
    ['central/cli/admin.ts', "import { enrol } from '../city/enrol.ts'"],
    ['renderer/features/session/close/close-screen.tsx', "import { x } from '../../count/difference.ts'"],
    ['renderer/screens/drawer-screen.tsx', "import { x } from '../features/movement/slips-work.tsx'"],
    ['electron/backend/deposit/read.ts', "import { x } from '../session/index.ts'"],
    ['electron/backend/deposit/read.ts', "import { x } from '../request/commands.ts'"],
    ['electron/main.ts', "import { app } from 'electron'"],
    ['electron/preload.ts', "import type { Hello } from '../shared/contract/hello.ts'"],
    ['db/account-file/csv-records.ts', "import { parse } from 'csv-parse/sync'"],
    ['renderer/main.tsx', "import '@fontsource-variable/public-sans'; import { x } from '@mantine/core'"],
  ])('%s may say: %s', (path, text) => {
    expect(forbiddenImports({ path, text })).toEqual([])
  })

  it('a word in a text or a comment is not taken for an import', () => {
    const text =
      "// import 'electron'\nconst words = \"import 'electron'\"\nimport { type A, type B } from './a.ts'"
    expect(importsOf({ path: 'shared/a.ts', text })).toEqual([
      { specifier: './a.ts', typeOnly: true, line: 3 },
    ])
  })
})
