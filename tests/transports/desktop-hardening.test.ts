/** The desktop program against Electron's security recommendations, in their order and by their names. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { flipFuses } from '@electron/fuses'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FUSES, fuseWire, strictFuses } from '../../build/fuses.ts'
import { freshDir } from '../support/data-folder.ts'
import { desktopHost, endDesktopHost, startDesktop } from '../support/port-till.ts'
import { samplePerson } from '../support/template.ts'
import { damage } from './broken-ledger.ts'

afterAll(endDesktopHost)

const read = (path: string): string =>
  readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8')

/** The switches of `electron-builder.yml`, by name. */
const fuses: Record<string, boolean> = Object.fromEntries(
  [
    ...(/^electronFuses:\n((?: {2}\S.*\n)+)/m.exec(read('electron-builder.yml'))?.[1] ?? '').matchAll(
      /^ {2}(\w+): (true|false)$/gm,
    ),
  ].map(([, name, value]) => [name, value === 'true']),
)

let started: Awaited<ReturnType<typeof startDesktop>> | undefined

/** One program for all that only look at it. */
function looked() {
  if (!started) throw new Error('The program has not been started')
  return started
}

function preferences(): Record<string, unknown> {
  const { seen } = looked()
  expect(seen.windows).toHaveLength(1)
  return seen.windows[0]?.webPreferences as Record<string, unknown>
}

describe('Electron’s security recommendations', () => {
  const endings: (() => Promise<void>)[] = []
  beforeAll(async () => {
    started = await startDesktop({ withScreen: true, atEnd: end => void endings.push(end) })
  })
  afterAll(async () => {
    for (const end of endings) await end()
  })

  it('1. only secure content is loaded: the program itself, and nothing from the network', async () => {
    const { desktop, seen } = looked()
    await desktop.ask('pageText', { words: samplePerson('cashier').name })
    expect(seen.loaded).toEqual(['tillproof://till/index.html'])
    expect((await desktop.ask('seen', null)).foreignRequests).toEqual([])
  })

  it('2. there is no Node in the page', async () => {
    const { nodeIntegration, nodeIntegrationInWorker, nodeIntegrationInSubFrames } = preferences()
    expect(nodeIntegration).toBe(false)
    expect([nodeIntegrationInWorker, nodeIntegrationInSubFrames]).toEqual([undefined, undefined])
    const kinds = await desktopHost().ask('inPage', {
      expression: '[typeof require, typeof process, typeof Buffer]',
    })
    expect(kinds).toEqual(['undefined', 'undefined', 'undefined'])
  })

  it('3. the preload has a world of its own', async () => {
    expect(preferences().contextIsolation).toBe(true)
  })

  it('4. the page runs in the sandbox, and the preload asks for nothing but electron', async () => {
    expect(preferences().sandbox).toBe(true)
    const modules = [...read('dist/main/preload.cjs').matchAll(/require\(["'`]([^"'`]+)["'`]\)/g)]
    expect([...new Set(modules.map(([, name]) => name))]).toEqual(['electron'])
  })

  it('5. every permission that a page asks for is denied', async () => {
    const { desktop } = looked()
    for (const name of [
      'media',
      'geolocation',
      'notifications',
      'clipboard-read',
      'openExternal',
      'usb',
      'hid',
    ])
      expect(await desktop.ask('permission', { name })).toEqual({ onRequest: false, onCheck: false })
  })

  it('6. web security is on', async () => {
    expect(preferences().webSecurity).toBe(true)
  })

  it('7. the page comes with a Content-Security-Policy that lets it load only itself', async () => {
    const { desktop } = looked()
    const { status, headers } = await desktop.ask('fetchScheme', { url: 'tillproof://till/index.html' })
    const policy = headers['content-security-policy'] ?? ''
    expect(status).toBe(200)
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self';")
    expect(policy).not.toMatch(/unsafe-eval|https?:|\*/)
    const ran = await desktop.ask('inPage', {
      expression: `new Promise(resolve => {
        const script = document.createElement('script')
        script.textContent = 'window.inlineScriptRan = true'
        document.addEventListener('securitypolicyviolation', () => resolve(window.inlineScriptRan === true))
        document.head.append(script)
      })`,
    })
    expect(ran).toBe(false)
  })

  it('8. to 10. no insecure content, no experimental features, no features by name', async () => {
    const { allowRunningInsecureContent, experimentalFeatures, enableBlinkFeatures } = preferences()
    expect([allowRunningInsecureContent, experimentalFeatures, enableBlinkFeatures]).toEqual([
      ...[undefined, undefined, undefined],
    ])
  })

  it('11. and 12. there are no webviews: their tag is off, and one that came all the same is not attached', async () => {
    expect(preferences().webviewTag).toBe(false)
    expect(await desktopHost().ask('attachWebview', null)).toEqual({ prevented: true })
    expect(read('dist/main/main.js')).not.toContain('allowpopups')
  })

  it('13. the page cannot be led anywhere else', async () => {
    const { desktop } = looked()
    for (const url of ['https://till.example/', 'file:///etc/passwd', 'tillproof://other/index.html']) {
      const event = await desktop.ask('navigate', { url })
      expect([url, event]).toEqual([url, { prevented: true, url: 'tillproof://till/index.html' }])
    }
  })

  it('13. no frame of the page can be led anywhere but to a paper', async () => {
    const { desktop } = looked()
    for (const url of [
      'https://till.example/',
      'file:///etc/passwd',
      'tillproof://till/index.html',
      'blob:https://till.example/1',
    ])
      expect([url, await desktop.ask('navigateFrame', { url })]).toEqual([url, true])
    expect(await desktop.ask('navigateFrame', { url: 'blob:tillproof://till/1' })).toBe(false)
  })

  it('14. the page cannot open windows', async () => {
    const { desktop } = looked()
    for (const url of ['https://till.example/', 'tillproof://till/index.html', 'about:blank'])
      expect(await desktop.ask('openWindow', { url })).toBe('deny')
  })

  it('15. nothing is ever opened in another program', () => {
    expect(read('dist/main/main.js')).not.toMatch(/openExternal|openPath/)
  })

  it('16. the version of Electron is pinned, and is one that is still mended', () => {
    const { devDependencies } = JSON.parse(read('package.json')) as {
      devDependencies: Record<string, string>
    }
    expect(devDependencies.electron).toMatch(/^\d+\.\d+\.\d+$/)
    expect(Number.parseInt(devDependencies.electron ?? '', 10)).toBeGreaterThanOrEqual(45)
  })

  it('17. only our own page is served: a port from any other frame is left lying', async () => {
    const { desktop, seen } = looked()
    expect(seen.channels).toEqual(['tillproof:port'])
    const foreign = [
      'https://till.example/',
      'tillproof://tillx/',
      'tillproof://till.example/',
      'file:///x',
      '',
    ]
    for (const url of foreign)
      expect([url, await desktop.ask('portFrom', { url })]).toEqual([url, { served: false }])
    const url = 'tillproof://till/index.html'
    expect(await desktop.ask('portFrom', { url, inner: true })).toEqual({ served: false })
    expect(await desktop.ask('portFrom', { url })).toEqual({ served: true })
  })

  it('18. the page comes by a scheme of its own, which gives nothing but the screen’s files', async () => {
    const { desktop, seen } = looked()
    expect(seen.handledSchemes).toEqual(['tillproof'])
    expect(seen.privilegedSchemes).toEqual([
      { scheme: 'tillproof', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    ])
    const outside = [
      ...['tillproof://till/../main/main.js', 'tillproof://till/%2e%2e/main/main.js'],
      ...['tillproof://till/..%2fmain%2fmain.js', 'tillproof://other/index.html', 'tillproof://till/%00'],
    ]
    for (const url of outside)
      expect([url, await desktop.ask('fetchScheme', { url })]).toMatchObject([url, { status: 404, bytes: 0 }])
  })

  it('19. every fuse that the packager knows is set, and a program that has one more is not packed', async () => {
    expect(Object.keys(fuses).sort()).toEqual(FUSES.map(({ name }) => name).sort())
    const { runAsNode: _left, ...others } = fuses
    expect(() => strictFuses(others)).toThrow('sets no runAsNode')
    const program = join(freshDir(), 'program')
    for (const [more, isPacked] of [
      [0, true],
      [1, false],
    ] as const) {
      writeFileSync(
        program,
        Buffer.concat([Buffer.alloc(64), fuseWire(FUSES.length + more), Buffer.alloc(64)]),
      )
      const packed = await flipFuses(program, strictFuses(fuses)).then(
        () => true,
        () => false,
      )
      expect([more, packed]).toEqual([more, isPacked])
    }
  })

  it('19. the fuses are set when the program is packaged: it runs our archive, unchanged, and nothing else', () => {
    expect(fuses).toMatchObject({
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
    })
  })

  it('20. the page is given no part of Electron: one word, and a port', async () => {
    const { desktop, seen } = looked()
    expect(seen.exposed).toEqual({ tillproof: { api: { transport: 'port' }, kinds: ['string'] } })
    expect(await desktop.ask('inPage', { expression: 'JSON.stringify(window.tillproof)' })).toBe(
      '{"transport":"port"}',
    )
  })
})

describe('the desktop program', () => {
  it.each(['remote-debugging-port', 'remote-debugging-pipe', 'remote-allow-origins'])(
    'that is packaged does not start with a way to look into it: %s',
    async name => {
      const { seen } = await startDesktop({ startedAs: { packaged: true, switches: [name] } })
      expect(seen.windows).toEqual([])
      expect(seen.errorBoxes.map(({ content }) => content)).toEqual([
        'It is not started with a way to look into it from outside.',
      ])
    },
  )

  it('that is packaged has no developer tools', async () => {
    const { seen } = await startDesktop({ startedAs: { packaged: true } })
    expect(seen.windows.map(window => (window.webPreferences as Record<string, unknown>).devTools)).toEqual([
      false,
    ])
  })

  it('the real screen asks the till through the port that the preload handed over', async () => {
    const { desktop } = await startDesktop({ withScreen: true })
    const text = await desktop.ask('pageText', { words: samplePerson('cashier').name })
    expect(text).toContain(samplePerson('supervisor').name)
  })

  it('a second start gives way to the first, which comes to the front', async () => {
    const { desktop } = await startDesktop()
    expect(await desktop.ask('secondInstance', null)).toEqual({ restored: true, focused: true })
    const second = await startDesktop({ startedAs: { lockTaken: true } })
    expect(second.seen).toMatchObject({ quit: true, windows: [], errorBoxes: [] })
  })

  it('a damaged ledger is said on the screen', async () => {
    const { desktop } = await startDesktop({ withScreen: true, prepare: damage })
    const text = await desktop.ask('pageText', { words: 'ledger' })
    expect(text).not.toContain(samplePerson('cashier').name)
  })
})
