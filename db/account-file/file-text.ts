/** What kind of text a file holds, found by reading all of it once. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { isNoFile } from '../file/plain-file.ts'
import { ImportRefused, type Watch } from './file-types.ts'
import { step } from './give-way.ts'

export type TextEncoding = 'utf-8' | 'utf-16le' | 'windows-1252'
export type Delimiter = ',' | ';' | '\t'

export interface FileText {
  encoding: TextEncoding
  delimiter: Delimiter
  /** What ends a line; a line feed also stands for carriage return and line feed. */
  lineEnd: '\n' | '\r'
  /** SHA-256 of the bytes, hex. */
  sha256: string
  byteCount: number
  /** When the file was last written, UTC milliseconds. */
  writtenAtMs: number
}

const BYTES_AT_ONCE = 1 << 20

/**
 * Hashes the file and finds its encoding and delimiter. Text that is not valid UTF-8 to its last byte is
 * taken for windows-1252, as older billing systems write it. Refuses (`ImportRefused`) a missing, empty or
 * binary file.
 */
export async function inspectFile(file: string, watch: Watch = {}): Promise<FileText> {
  const { size, writtenAtMs, head } = await readHead(file)
  if (size === 0) throw new ImportRefused('empty-file', file)
  const isWide = head[0] === 0xff && head[1] === 0xfe
  if (!isWide && head.includes(0)) throw new ImportRefused('not-a-text-file', file)
  const { sha256, isUtf8 } = await readWhole(file, size, watch)
  const encoding = isWide ? 'utf-16le' : isUtf8 ? 'utf-8' : 'windows-1252'
  const start = new TextDecoder(encoding).decode(head)
  const lineEnd = !start.includes('\n') && start.includes('\r') ? '\r' : '\n'
  return { encoding, delimiter: delimiterOf(start), lineEnd, sha256, byteCount: size, writtenAtMs }
}

async function readHead(file: string): Promise<{ size: number; writtenAtMs: number; head: Buffer }> {
  // A pipe would be waited for until somebody writes into it.
  if (isNoFile(file)) throw new ImportRefused('not-a-text-file', file)
  const handle = await open(file, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new ImportRefused('no-such-file', file)
    throw error
  })
  try {
    const { size, mtimeMs } = await handle.stat()
    const head = Buffer.alloc(Math.min(size, 65_536))
    await handle.read(head, 0, head.length, 0)
    return { size, writtenAtMs: Math.trunc(mtimeMs), head }
  } finally {
    await handle.close()
  }
}

async function readWhole(
  file: string,
  total: number,
  watch: Watch,
): Promise<{ sha256: string; isUtf8: boolean }> {
  const digest = createHash('sha256')
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let isUtf8 = true
  let done = 0
  for await (const chunk of createReadStream(file, { highWaterMark: BYTES_AT_ONCE })) {
    const bytes: Buffer = chunk
    digest.update(bytes)
    isUtf8 = isUtf8 && decodes(decoder, bytes)
    done += bytes.length
    await step(watch, { phase: 'checking', done, total })
  }
  return { sha256: digest.digest('hex'), isUtf8: isUtf8 && decodes(decoder) }
}

function decodes(decoder: TextDecoder, bytes?: Buffer): boolean {
  try {
    if (bytes === undefined) decoder.decode()
    else decoder.decode(bytes, { stream: true })
    return true
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}

/** The candidate that stands most often in the header line, outside quotes; a comma where none does. */
function delimiterOf(head: string): Delimiter {
  const unquoted = head.replace(/"(?:[^"]|"")*"/g, '')
  const header = unquoted.trimStart().split(/\r\n|\n|\r/)[0] ?? ''
  const candidates: Delimiter[] = [',', ';', '\t']
  const countOf = (delimiter: Delimiter): number => header.split(delimiter).length
  return candidates.reduce((best, next) => (countOf(next) > countOf(best) ? next : best))
}
