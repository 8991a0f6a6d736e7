/** A request's body within its limits: counted as it comes, and again as it is unpacked. */
import { setTimeout } from 'node:timers/promises'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { Refused } from './problem.ts'

const unzip = promisify(gunzip)

export interface BodyLimits {
  /** Bytes. */
  most: number
  /** Milliseconds in which all of it has to come; undefined where the connection's own limit will do. */
  withinMs: number | undefined
}

/**
 * All bytes as they were sent. Refuses BODY_TOO_LARGE as soon as there are more than `most`, TOO_SLOW, and BODY_INCOMPLETE.
 */
export async function readBody(request: Request, { most, withinMs }: BodyLimits): Promise<Uint8Array> {
  if (withinMs === undefined) return allOf(request, most)
  const over = new AbortController()
  const late = setTimeout(withinMs, undefined, { signal: over.signal, ref: false }).then(() => {
    throw new Refused('TOO_SLOW')
  })
  // Whoever was in time is not waited for any longer.
  late.catch(() => undefined)
  try {
    return await Promise.race([allOf(request, most), late])
  } finally {
    over.abort()
  }
}

async function allOf(request: Request, most: number): Promise<Uint8Array> {
  if (request.body === null) return new Uint8Array()
  const said = Number.parseInt(request.headers.get('content-length') ?? '0', 10)
  if (said > most) throw new Refused('BODY_TOO_LARGE')
  const parts: Uint8Array[] = []
  let size = 0
  try {
    for await (const part of request.body) {
      size += part.length
      if (size > most) throw new Refused('BODY_TOO_LARGE')
      parts.push(part)
    }
  } catch (error) {
    // Only the sender can make its own body break off.
    throw error instanceof Refused ? error : new Refused('BODY_INCOMPLETE')
  }
  return Buffer.concat(parts)
}

/** The text of a body, unpacked where it is packed. A few bytes that unpack to gigabytes end at the limit. */
export async function unpacked(body: Uint8Array, encoding: string | null, most: number): Promise<string> {
  const bytes = encoding === null || encoding === 'identity' ? body : await unzipped(body, encoding, most)
  if (bytes.length > most) throw new Refused('BODY_TOO_LARGE')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    // Bytes that are no UTF-8 are no JSON.
    throw new Refused('MALFORMED')
  }
}

async function unzipped(body: Uint8Array, encoding: string, most: number): Promise<Uint8Array> {
  if (encoding !== 'gzip') throw new Refused('MALFORMED')
  try {
    return await unzip(body, { maxOutputLength: most })
  } catch (error) {
    const isLarge = error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
    throw new Refused(isLarge ? 'BODY_TOO_LARGE' : 'MALFORMED')
  }
}
