import { describe, expect, test } from 'vitest'
import { forbiddenImports, importsOf } from './import-rules.ts'
import { filesBelow } from './sources.ts'

const product = filesBelow(['shared', 'db', 'electron', 'renderer'], ['.ts', '.tsx'])

describe('who may import whom', () => {
  test('there are files in every part of the house to look at', () => {
    const parts = new Set(product.map(file => file.path.split('/')[0]))
    expect([...parts].sort()).toEqual(['db', 'electron', 'renderer', 'shared'])
  })

  test('no file imports what the table keeps from it', () => {
    expect(product.flatMap(forbiddenImports)).toEqual([])
  })

  test.each([
    ['shared/rules/settle.ts', "import { readFileSync } from 'node:fs'"],
    ['shared/rules/settle.ts', "import type { Row } from '../../db/schema.ts'"],
    ['shared/rules/settle.ts', "import Big from 'big.js'"],
    ['db/journal.ts', "import { router } from '../electron/backend/router.ts'"],
    ['db/journal.ts', "export * from 'zod'"],
    ['electron/backend/router.ts', "const shell = await import('electron')"],
    ['electron/backend/router.ts', "import type { Kysely } from 'kysely'"],
    ['electron/backend/router.ts', "import fs from 'fs'"],
    ['electron/backend/router.ts', "export { mount } from '../doors/http.ts'"],
    ['electron/doors/port.ts', "import { ipcMain } from 'electron'"],
    ['electron/host.ts', "const electron = require('electron')"],
    ['electron/host.ts', "const name = 'electron'; await import(name)"],
    ['electron/preload.ts', "import { contract } from '../shared/contract/index.ts'"],
    ['renderer/main.tsx', "import { openTill } from '../db/till.ts'"],
    ['renderer/main.tsx', "import { join } from 'node:path'"],
    ['renderer/main.tsx', "let row: import('../db/schema.ts').Row"],
    ['renderer/main.tsx', "import { createORPCClient } from '@orpc/server'"],
    ['somewhere/else.ts', ''],
  ])('%s is told off for: %s', (path, text) => {
    expect(forbiddenImports({ path, text })).toHaveLength(1)
  })

  test.each([
    ['shared/money.ts', "import Big from 'big.js'"],
    ['db/till.ts', "import Database from 'better-sqlite3'"],
    ['electron/main.ts', "import { app } from 'electron'"],
    ['electron/preload.ts', "import type { Hello } from '../shared/contract/hello.ts'"],
    ['db/accounts/file/csv-records.ts', "import { parse } from 'csv-parse/sync'"],
    ['renderer/main.tsx', "import '@fontsource-variable/public-sans'; import { x } from '@mantine/core'"],
  ])('%s may say: %s', (path, text) => {
    expect(forbiddenImports({ path, text })).toEqual([])
  })

  test('a word in a text or a comment is not taken for an import', () => {
    const text =
      "// import 'electron'\nconst words = \"import 'electron'\"\nimport { type A, type B } from './a.ts'"
    expect(importsOf({ path: 'shared/a.ts', text })).toEqual([
      { specifier: './a.ts', typeOnly: true, line: 3 },
    ])
  })
})
