/** Who is answered at the HTTP transport, and who is not. */
import { lstatSync, readdirSync, readlinkSync, writeFileSync } from 'node:fs'
import { type IncomingHttpHeaders, request } from 'node:http'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { openHttpTransport } from '../../electron/transports/http.ts'
import { freshDir } from '../support/data-folder.ts'
import { openHttpTill, TOKEN } from '../support/http-till.ts'
import { openTestTill } from '../support/till.ts'

interface Answer {
  status: number
  headers: IncomingHttpHeaders
  body: string
}

interface Question {
  port: number
  path?: string
  method?: string
  headers?: Record<string, string>
  body?: string
}

/** Asks as nobody's browser would: path and headers go out exactly as given. */
function ask({ port, path = '/', method = 'GET', headers = {}, body }: Question): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, response => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (part: string) => {
        text += part
      })
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
      )
    })
    asked.on('error', reject)
    asked.end(body)
  })
}

const STATE = { path: '/rpc/till/state', method: 'POST', body: '{}' }
const bearer = (token: string) => ({ authorization: `Bearer ${token}`, 'content-type': 'application/json' })

describe('a code that opens the screen', () => {
  const codeOf = async (port: number) =>
    (await ask({ port, path: '/open/', method: 'POST', headers: bearer(TOKEN) })).body
  const opening = async (port: number, path: string) => ask({ port, path })

  it('is given to whoever holds the token, and is good once', async () => {
    const { port } = await openHttpTill()
    const refusedAnswers = [
      await ask({ port, path: '/open/', method: 'POST' }),
      await ask({ port, path: '/open/', method: 'POST', headers: bearer('x'.repeat(TOKEN.length)) }),
    ]
    expect(refusedAnswers.map(({ status }) => status)).toEqual([401, 401])
    const [one, other] = [await codeOf(port), await codeOf(port)]
    expect(await opening(port, one)).toMatchObject({ status: 302, headers: { location: `/#token=${TOKEN}` } })
    for (const used of [one, `${other}x`, other.slice(0, -1), '/open/', '/open/../x'])
      expect(await opening(port, used)).toMatchObject({ status: 404 })
    expect(await ask({ port, path: other, method: 'PUT' })).toMatchObject({ status: 405 })
    expect(await opening(port, other)).toMatchObject({ status: 302 })
  })

  it('is good for a minute', async () => {
    const { port } = await openHttpTill()
    const code = await codeOf(port)
    const later = performance.now() + 61_000
    vi.spyOn(performance, 'now').mockReturnValue(later)
    expect(await opening(port, code)).toMatchObject({ status: 404 })
  })
})

describe('the token of this launch', () => {
  it('whoever holds it is answered', async () => {
    const { port } = await openHttpTill()
    const { status, body } = await ask({ port, ...STATE, headers: bearer(TOKEN) })
    expect(status).toBe(200)
    expect(body).toContain('City of Millbrook Utilities')
  })

  it('without it, or with another, nothing is told', async () => {
    const { port } = await openHttpTill()
    const others = ['', TOKEN.slice(1), `${TOKEN}x`, TOKEN.toUpperCase(), 'x'.repeat(TOKEN.length)]
    const answers = [
      await ask({ port, ...STATE }),
      await ask({ port, ...STATE, headers: { authorization: TOKEN } }),
      await ask({ port, ...STATE, headers: { authorization: `Basic ${TOKEN}` } }),
      await ask({ port, ...STATE, path: `${STATE.path}?token=${TOKEN}` }),
      await ask({ port, path: '/rpc/person/names', method: 'GET', headers: { cookie: `token=${TOKEN}` } }),
      ...(await Promise.all(others.map(token => ask({ port, ...STATE, headers: bearer(token) })))),
    ]
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 401))
    expect(answers.map(({ body }) => body).join('')).toBe('')
  })

  it('an operation that is not in the contract does not exist', async () => {
    const { port } = await openHttpTill()
    for (const path of ['/rpc/', '/rpc/till', '/rpc/till/eject', '/rpc/__proto__/state'])
      expect((await ask({ port, ...STATE, path, headers: bearer(TOKEN) })).status).toBe(404)
  })
})

describe('pages from elsewhere', () => {
  it('one whose name was made to lead here carries its own name in Host, and is refused', async () => {
    const { port } = await openHttpTill()
    const names = [
      'till.example',
      `till.example:${port}`,
      '127.0.0.1',
      `127.0.0.1:${port + 1}`,
      `[::1]:${port}`,
    ]
    for (const host of names)
      for (const path of ['/', STATE.path]) {
        const answer = await ask({ port, ...STATE, path, headers: { ...bearer(TOKEN), host } })
        expect([host, path, answer.status, answer.body]).toEqual([host, path, 403, ''])
      }
  })

  it('one that sends here carries itself in Origin, and is refused even with the token', async () => {
    const { port } = await openHttpTill()
    const origins = [
      'http://till.example',
      'null',
      `https://127.0.0.1:${port}`,
      `http://127.0.0.1:${port + 1}`,
    ]
    for (const origin of origins) {
      const answer = await ask({ port, ...STATE, headers: { ...bearer(TOKEN), origin } })
      expect([origin, answer.status]).toEqual([origin, 403])
      const preflight = await ask({ port, path: STATE.path, method: 'OPTIONS', headers: { origin } })
      expect(preflight.status).toBe(403)
      expect(preflight.headers).not.toHaveProperty('access-control-allow-origin')
    }
  })

  it('our own page is answered, by number and by name', async () => {
    const { port } = await openHttpTill()
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`]) {
      const headers = { ...bearer(TOKEN), host, origin: `http://${host}` }
      expect((await ask({ port, ...STATE, headers })).status).toBe(200)
    }
  })

  it('a request without Host is refused', async () => {
    const { port } = await openHttpTill()
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => socket.end('GET / HTTP/1.0\r\n\r\n'))
      socket.setEncoding('utf8')
      let text = ''
      socket.on('data', part => {
        text += String(part)
      })
      socket.on('end', () => resolve(text))
      socket.on('error', reject)
    })
    expect(answer).toMatch(/^HTTP\/1\.\d 403/)
  })
})

describe('the screen’s files', () => {
  it('the page comes with a policy under which it can only load itself and ask this transport', async () => {
    const { port } = await openHttpTill()
    const page = await ask({ port })
    const policy = String(page.headers['content-security-policy'])
    expect(page.status).toBe(200)
    expect(page.body).toContain('<html')
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("connect-src 'self'")
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline|https?:|\*/)
    expect(page.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    })
  })

  it('the page itself needs no script or style from anywhere else', async () => {
    const { port } = await openHttpTill()
    const { body } = await ask({ port })
    const sources = [...body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address = '']) => address)
    expect(sources.length).toBeGreaterThan(0)
    for (const source of sources) {
      if (source === 'data:,') continue
      expect(source).toMatch(/^\.?\//)
      expect((await ask({ port, path: source.replace(/^\./, '') })).status).toBe(200)
    }
    expect(body).not.toMatch(/<script(?![^>]*src=)[^>]*>/)
  })

  it('nothing outside the screen’s folder can be had, however it is spelled', async () => {
    const { port } = await openHttpTill()
    const paths = [
      ...[
        '/../../package.json',
        '/../main/main.js',
        '/..%2f..%2fpackage.json',
        '/%2e%2e/%2e%2e/package.json',
      ],
      ...[
        '/assets/../../main/main.js',
        '/....//....//package.json',
        '//etc/passwd',
        '/%00',
        '/index.html%00.png',
      ],
      ...['/..%5c..%5cpackage.json', '/%', '/assets', '/../renderer-old/index.html'],
    ]
    for (const path of paths) {
      const answer = await ask({ port, path })
      expect([path, answer.status, answer.body]).toEqual([path, 404, ''])
    }
  })

  it('files are only read, never sent to', async () => {
    const { port } = await openHttpTill()
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH'])
      expect((await ask({ port, method, headers: { 'content-length': '0' } })).status).toBe(405)
    const head = await ask({ port, method: 'HEAD' })
    expect([head.status, head.body]).toEqual([200, ''])
  })
})

describe('the transport itself', () => {
  const onLinux = process.platform === 'linux'
  if (!onLinux) console.warn('NOT TESTED: that the transport listens on loopback alone (needs 127.0.0.2)')

  it.skipIf(!onLinux)('listens on loopback alone: the port is free at every other address', async () => {
    const { port } = await openHttpTill()
    const neighbour = createServer()
    await new Promise<void>((resolve, reject) => {
      neighbour.once('error', reject)
      neighbour.listen(port, '127.0.0.2', resolve)
    })
    await new Promise(resolve => neighbour.close(resolve))
  })

  it('a body that is too long is refused before it is read, and one of unknown length too', async () => {
    const { port } = await openHttpTill()
    const long = (byteCount: number) => ({ ...bearer(TOKEN), 'content-length': String(byteCount) })
    expect((await ask({ port, ...STATE, body: '', headers: long(4_000_001) })).status).toBe(413)
    // A file is for whoever is signed in, and no operation takes more.
    const path = '/rpc/account/previewImport'
    expect((await ask({ port, ...STATE, path, body: '', headers: long(2_000_000_000) })).status).toBe(401)
    expect((await ask({ port, ...STATE, path, body: '', headers: long(2_000_000_001) })).status).toBe(413)
    const endless = { ...bearer(TOKEN), 'transfer-encoding': 'chunked' }
    expect((await ask({ port, ...STATE, headers: endless })).status).toBe(411)
  })

  it('other methods than those of a page carry nothing out', async () => {
    const { port } = await openHttpTill()
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'])
      expect([method, (await ask({ port, ...STATE, method, headers: bearer(TOKEN) })).status]).toEqual([
        method,
        405,
      ])
  })

  it.skipIf(!onLinux)('whoever breaks a download off leaves no file open', async () => {
    const screenDir = freshDir()
    writeFileSync(join(screenDir, 'large.js'), Buffer.alloc(30_000_000))
    const { backend } = await openTestTill()
    const transport = await openHttpTransport({ till: backend, port: 0, token: TOKEN, screenDir })
    onTestFinished(() => transport.close())
    const openFiles = () =>
      readdirSync('/proc/self/fd').filter(fd => {
        // One that was closed meanwhile leads nowhere.
        const file = lstatSync(`/proc/self/fd/${fd}`, { throwIfNoEntry: false })
        return file !== undefined && readlinkSync(`/proc/self/fd/${fd}`).startsWith(screenDir)
      })
    for (let round = 0; round < 10; round += 1)
      await new Promise<void>(resolve => {
        const asked = request(
          { host: '127.0.0.1', port: transport.port, path: '/large.js', agent: false },
          response => response.once('data', () => asked.destroy()),
        )
        asked.once('close', () => resolve())
        asked.on('error', () => undefined)
        asked.end()
      })
    await vi.waitFor(() => expect(openFiles()).toEqual([]))
  })

  it('a body that does not come ends its connection, and only then', async () => {
    const { port } = await openHttpTill()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => {
      vi.useRealTimers()
    })
    const socket = connect(port, '127.0.0.1')
    const gone = new Promise<void>(resolve => socket.once('close', () => resolve()))
    let isGone = false
    void gone.then(() => {
      isGone = true
    })
    socket.on('error', () => undefined)
    const head = ['POST /rpc/till/state HTTP/1.1', `Host: 127.0.0.1:${port}`, 'Content-Length: 10']
    const sent = [...head, `Authorization: Bearer ${TOKEN}`, 'Content-Type: application/json', '', '{"']
    await new Promise<void>(resolve => socket.write(sent.join('\r\n'), () => resolve()))
    // Answered meanwhile: the till has the connection before and hears of the slow one first.
    await ask({ port, ...STATE, headers: bearer(TOKEN) })
    await vi.advanceTimersByTimeAsync(14_000)
    expect(isGone).toBe(false)
    await vi.advanceTimersByTimeAsync(2_000)
    await gone
    expect((await ask({ port, ...STATE, headers: bearer(TOKEN) })).status).toBe(200)
  })

  it('a body that is no request is refused in the contract’s own words, and the transport stays open', async () => {
    const { port } = await openHttpTill()
    for (const body of [
      '',
      '{',
      'null',
      '[]',
      '{"json":',
      '\u0000\u0001',
      '{"json":{"text":1},"meta":[[0,"x"]]}',
    ]) {
      const answer = await ask({ port, ...STATE, path: '/rpc/person/signIn', body, headers: bearer(TOKEN) })
      expect([body, answer.status]).toEqual([body, expect.toBeOneOf([400, 422])])
    }
    expect((await ask({ port, ...STATE, headers: bearer(TOKEN) })).status).toBe(200)
  })
})
