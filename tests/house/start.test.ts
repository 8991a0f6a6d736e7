import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../../build/setup.mjs'

let data: string

beforeAll(() => {
  data = mkdtempSync(join(tmpdir(), 'tillproof-start-'))
})
afterAll(() => rmSync(data, { recursive: true, force: true }))

/** Starts browser mode and waits for its first line. */
async function started(folder: string, { open = ['--no-open'], env = process.env } = {}) {
  const args = ['build/start.mjs', '--browser', ...open, '--port', '0', '--data', folder]
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] })
  const closed = once(child, 'close')
  const output = { text: '' }
  const said = new Promise<void>(resolve => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output.text += text
      if (output.text.includes('\n')) resolve()
    })
  })
  await Promise.race([said, closed])
  return { child, closed, output }
}

const answers = (port: string): Promise<boolean> =>
  new Promise(resolve => {
    const socket = connect({ host: '127.0.0.1', port: Number.parseInt(port, 10) })
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })

describe('npm start in browser mode', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'says one line, and %s ends it cleanly with nothing left',
    async signal => {
      const { child, closed, output } = await started(join(data, signal))
      const port =
        /^Tillproof is open at http:\/\/127\.0\.0\.1:(\d+)\/#token=\S+\n$/.exec(output.text)?.[1] ?? ''
      expect(port, output.text).toMatch(/^\d+$/)
      expect(await answers(port)).toBe(true)
      child.kill(signal)
      expect(await closed).toEqual([0, null])
      expect(await answers(port)).toBe(false)
      expect(output.text.trimEnd().split('\n')).toHaveLength(1)
    },
  )

  // Others use a Chromium that is there; an administrator’s must not run, and the system’s opener is asked.
  it.runIf(process.platform === 'linux' && process.getuid?.() === 0)(
    'opens a page of its owner’s that is good once: this launch’s token stands in no list of processes and in no file',
    async () => {
      const tools = join(data, 'tools')
      const called = join(data, 'called')
      mkdirSync(tools)
      writeFileSync(
        join(tools, 'xdg-open'),
        `#!/bin/sh\nprintf %s "$*" > ${called}.part && mv ${called}.part ${called}\n`,
        {
          mode: 0o755,
        },
      )
      const env = { ...process.env, DISPLAY: ':99', PATH: `${tools}:${process.env.PATH ?? ''}` }
      const { child, closed, output } = await started(join(data, 'opened'), { open: [], env })
      const address = /http:\S+/.exec(output.text)?.[0] ?? 'none'
      while (!existsSync(called)) await new Promise(resolve => setTimeout(resolve, 20))
      const page = fileURLToPath(readFileSync(called, 'utf8'))
      expect(statSync(page).mode & 0o777).toBe(0o600)
      const text = readFileSync(page, 'utf8')
      const [, token = 'none'] = address.split('#token=')
      expect(text).not.toContain(token)
      const once = /url=([^"]+)"/.exec(text)?.[1] ?? ''
      const openings = [await fetch(once, { redirect: 'manual' }), await fetch(once, { redirect: 'manual' })]
      expect(openings.map(({ status }) => status)).toEqual([302, 404])
      expect(openings[0]?.headers.get('location')).toBe(`/#token=${token}`)
      child.kill('SIGTERM')
      expect(await closed).toEqual([0, null])
      expect(existsSync(page)).toBe(false)
    },
  )

  it('an unknown option is refused before anything is started', async () => {
    const child = spawn(process.execPath, ['build/start.mjs', '--brwoser'], { cwd: root, stdio: 'ignore' })
    expect(await once(child, 'close')).toEqual([1, null])
  })
})
