import { type ChildProcess, spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { onTestFinished } from 'vitest'
import { root } from '../../../build/setup.mjs'

/** Starts a TypeScript file of this project under Node; ended by its own process id when the test ends. */
export function startNode(file: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  const child = spawn(process.execPath, [resolve(root, file), ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => kill(child))
  return child
}

/** Ends a child as a power switch would, and waits until it is gone. */
export async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise<void>(done => child.once('exit', () => done()))
  child.kill('SIGKILL')
  await gone
}

/** Waits for a line that matches; rejects with what the child said when it ends first. */
export function lineOf(child: ChildProcess, pattern: RegExp): Promise<RegExpExecArray> {
  return new Promise((found, failed) => {
    let said = ''
    const take = (part: Buffer): void => {
      said += part.toString()
      const match = pattern.exec(said)
      if (match) found(match)
    }
    child.stdout?.on('data', take)
    child.stderr?.on('data', (part: Buffer) => {
      said += part.toString()
    })
    child.once('exit', code => failed(new Error(`ended with ${code} before ${pattern}: ${said}`)))
  })
}

export interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

/** Runs a file to its end. */
export function runNode(file: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const child = startNode(file, args, env)
  const ended: Ended = { code: null, stdout: '', stderr: '' }
  child.stdout?.on('data', (part: Buffer) => {
    ended.stdout += part.toString()
  })
  child.stderr?.on('data', (part: Buffer) => {
    ended.stderr += part.toString()
  })
  return new Promise(done => child.once('close', code => done({ ...ended, code })))
}
