/** Starting the till in browser mode where something is in the way: said in words, and nothing is overwritten. */
import { spawn } from 'node:child_process'
import { chmodSync, copyFileSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { basename, join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { root } from '../../build/setup.mjs'
import type { TillClient } from '../../shared/contract/index.ts'
import type { Host } from '../support/host.ts'
import { hostOfTest, hostScreen } from '../support/host-screens.ts'
import { refused } from '../support/refusals.ts'
import { fixturePath, isFixtureMissing } from '../support/run/fixtures.ts'
import { sampleFolder } from '../support/template.ts'

const NOBODY = 65_534

interface Ended {
  code: number | null
  said: string
}

/** Runs the host until it ends by itself; fails the test where it goes on. */
function runToEnd(args: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, [join(root, 'dist/main/host.js'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
  return new Promise(resolve => {
    child.on('close', code => resolve({ code, said }))
  })
}

async function folder(): Promise<string> {
  const dir = await sampleFolder()
  onTestFinished(() => {
    chmodSync(dir, 0o700)
    rmSync(dir, { recursive: true, force: true })
  })
  return dir
}

async function hostOn(dataDir: string): Promise<{ host: Host; client: TillClient }> {
  const host = await hostOfTest(dataDir)
  return { host, client: hostScreen(host).client }
}

/** Starts the host as another user of the machine; gives its address once it says it. */
async function openedBy(user: number, dataDir: string): Promise<Pick<Host, 'origin' | 'token'>> {
  const args = [join(root, 'dist/main/host.js'), '--port', '0', '--data', dataDir]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'], uid: user, gid: user })
  onTestFinished(() => void child.kill('SIGKILL'))
  child.stdout.setEncoding('utf8')
  for await (const line of child.stdout) {
    const [, origin, token] = /(http:\/\/127\.0\.0\.1:\d+)\/#token=(\S+)/.exec(String(line)) ?? []
    if (origin !== undefined && token !== undefined) return { origin, token }
  }
  throw new Error('The host ended without an address')
}

describe('a port', () => {
  it('that is taken is named, with what to do', async () => {
    const other = createServer()
    await new Promise<void>(resolve => other.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void other.close())
    const address = other.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const { code, said } = await runToEnd(['--port', String(port), '--data', await folder()])
    expect(code).toBe(1)
    expect(said).toContain(`Port ${port} is taken by another program. Choose another with --port`)
  })

  it('that is none is refused in words', async () => {
    for (const port of ['65536', '-1', 'http', '80.5', ''])
      expect((await runToEnd([`--port=${port}`, '--data', await folder()])).said).toContain(
        '--port takes a whole',
      )
  })
})

describe('a second program on the same data', () => {
  it('is refused, and told which process has it and since when', async () => {
    const dataDir = await folder()
    const { host } = await hostOn(dataDir)
    const { code, said } = await runToEnd(['--data', dataDir])
    const since = JSON.parse(readFileSync(join(dataDir, 'owner.json'), 'utf8')) as { sinceMs: number }
    expect(code).toBe(1)
    expect(said).toContain(
      `in use by process ${host.processId}, since ${new Date(since.sinceMs).toISOString()}`,
    )
    expect(said).toContain('Close that program first')
  })

  it('is let in once the first is gone, however that ended', async () => {
    const dataDir = await folder()
    const { host } = await hostOn(dataDir)
    await host.kill()
    const { client } = await hostOn(dataDir)
    expect((await client.till.state()).phase).toBe('ready')
  })
})

/** Puts a file in the ledger's place, alone. */
function replaceLedger(dataDir: string, file: string): Buffer {
  const path = join(dataDir, 'ledger.sqlite')
  for (const name of readdirSync(dataDir))
    if (name.startsWith('ledger.sqlite')) rmSync(join(dataDir, name), { force: true })
  copyFileSync(file, path)
  chmodSync(path, 0o600)
  return readFileSync(path)
}

async function isExplained(dataDir: string, problem: RegExp): Promise<void> {
  const path = join(dataDir, 'ledger.sqlite')
  const before = readFileSync(path)
  const { host, client } = await hostOn(dataDir)
  const state = await client.till.state()
  expect(state).toMatchObject({ phase: 'unavailable', person: null })
  expect(state.problem?.problem).toMatch(problem)
  await refused(client.person.names(), 'LEDGER_UNAVAILABLE')
  await refused(client.setup.openSample({ accounts: 10 }), 'LEDGER_UNAVAILABLE')
  await host.stop()
  expect(readFileSync(path).equals(before)).toBe(true)
  expect(statSync(path).size).toBe(before.length)
}

describe('a ledger that cannot be used', () => {
  const CORRUPT = 'sqlite-corrupt/manifest.json'
  const missing = isFixtureMissing(CORRUPT)
  const files = missing
    ? []
    : ['integrity-fails', 'open-error', 'seed'].flatMap(kind =>
        readdirSync(fixturePath(`sqlite-corrupt/${kind}`))
          .slice(0, 2)
          .map(name => `sqlite-corrupt/${kind}/${name}`),
      )

  it.skipIf(missing)('there are such files to try', () => {
    expect(files.length).toBeGreaterThanOrEqual(5)
  })

  for (const file of files)
    it(`is never overwritten, and the till says why: ${basename(file)}`, async () => {
      const dataDir = await folder()
      replaceLedger(dataDir, fixturePath(file))
      await isExplained(dataDir, /^(damaged|foreign)$/)
    })

  it('a newer one is left for the newer program', async () => {
    const dataDir = await folder()
    const ledger = new Database(join(dataDir, 'ledger.sqlite'))
    ledger.pragma('journal_mode = DELETE')
    ledger.pragma('user_version = 9999')
    ledger.close()
    await isExplained(dataDir, /^newer$/)
  })

  const isRoot = process.getuid?.() === 0
  if (!isRoot) console.warn('NOT TESTED: a data folder without permission (needs root to become nobody)')

  it.skipIf(!isRoot)('a folder that this user may not write is said to be one', async () => {
    const dataDir = await folder()
    chmodSync(dataDir, 0o500)
    const { client } = hostScreen(await openedBy(NOBODY, dataDir))
    const { phase, problem } = await client.till.state()
    expect([phase, problem?.problem]).toEqual(['unavailable', 'no-permission'])
    await refused(client.person.names(), 'LEDGER_UNAVAILABLE')
  })
})
