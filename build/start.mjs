import './node-floor.mjs'
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { openingAddress, openingPage } from './opening-page.mjs'
import {
  buildWhenStale,
  electronCanBeFetched,
  fetchElectron,
  findChromium,
  findElectron,
  findOnPath,
  installDependencies,
  pinnedNode,
  root,
  SetupError,
  say,
} from './setup.mjs'
import { parseArguments, usage } from './start-arguments.mjs'

/** Whether a window can be shown: on Linux only under X or Wayland. */
const hasDisplay = () =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY)

const isRoot = () => process.platform === 'linux' && process.getuid?.() === 0

/**
 * The Electron program, fetched if need be, or the reason why it is browser mode this time.
 * @param {string} node
 * @returns {Promise<{ program: string } | { reason: string }>}
 */
const electronOrReason = async node => {
  if (!hasDisplay()) return { reason: 'no display is there' }
  if (isRoot()) return { reason: "Electron's sandbox does not run as root" }
  const present = findElectron(root)
  if (present !== undefined) return { program: present }
  if (!(await electronCanBeFetched(root))) return { reason: "Electron's download host does not answer" }
  const fetched = await fetchElectron(root, node)
  return fetched === undefined ? { reason: 'Electron could not be fetched' } : { program: fetched }
}

/**
 * Runs the program in the foreground until it ends; passes SIGINT and SIGTERM on to it, once each.
 * @param {{ command: string, args: string[], onLine?: (line: string) => void }} program
 * @returns {Promise<number>} its exit code
 */
const foreground = ({ command, args, onLine }) =>
  new Promise(resolve => {
    // Its own process group: Ctrl+C at a terminal reaches it through us alone, not a second time by the terminal.
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', onLine === undefined ? 'inherit' : 'pipe', 'inherit'],
      detached: process.platform !== 'win32',
    })
    const end = () => {
      child.kill('SIGTERM')
    }
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, end)
    // npm may be killed without a word to us; then nobody is left in front of this program.
    const parent = process.ppid
    const watch = setInterval(() => {
      if (process.ppid !== parent) end()
    }, 1000)
    let pending = ''
    child.stdout?.setEncoding('utf8').on('data', text => {
      process.stdout.write(text)
      const lines = (pending + text).split('\n')
      pending = lines.pop() ?? ''
      for (const line of lines) onLine?.(line)
    })
    child.once('error', problem => {
      clearInterval(watch)
      say(`${command} could not be run: ${problem.message}`)
      resolve(1)
    })
    child.once('close', code => {
      clearInterval(watch)
      resolve(code ?? 1)
    })
  })

/** A browser has read a page that it was called with by then. */
const READ_BY_THEN_MS = 60_000

/**
 * Shows the address in a window of its own, or says that it is to be opened by hand.
 * @param {string} address
 */
const openBrowser = async address => {
  const chromium = isRoot() ? undefined : findChromium()
  const opener = findOnPath([process.platform === 'darwin' ? 'open' : 'xdg-open'])
  const command = chromium ?? opener
  if (!hasDisplay() || command === undefined) {
    say('Open the address above in a browser on this machine.')
    return
  }
  const { file, forget } = openingPage(join(root, 'dist'), await openingAddress(address))
  const page = pathToFileURL(file).href
  const args = chromium === undefined ? [page] : [`--app=${page}`]
  const browser = spawn(command, args, { stdio: 'ignore', detached: true })
  process.once('exit', forget)
  setTimeout(forget, READ_BY_THEN_MS).unref()
  browser.once('error', () => say('The browser could not be opened; open the address above by hand.'))
  browser.unref()
}

/**
 * @param {string} node
 * @param {import('./start-arguments.mjs').StartArguments} wanted
 */
const runHost = (node, wanted) =>
  foreground({
    command: node,
    args: [join('dist', 'main', 'host.js'), ...wanted.forProgram],
    onLine: line => {
      const address = /https?:\/\/\S+/.exec(line)?.[0]
      if (!wanted.open || address === undefined) return
      openBrowser(address).catch(() =>
        say('The browser could not be opened; open the address above by hand.'),
      )
    },
  })

/** @param {readonly string[]} given */
const start = async given => {
  const wanted = parseArguments(given)
  if (wanted === 'help') {
    process.stdout.write(usage)
    return 0
  }
  await installDependencies(root)
  const node = await pinnedNode(root)
  await buildWhenStale(root, node)
  if (wanted.browser) return runHost(node, wanted)
  const electron = await electronOrReason(node)
  if ('reason' in electron) {
    say(`Browser mode, because ${electron.reason}.`)
    return runHost(node, wanted)
  }
  return foreground({
    command: electron.program,
    args: [join('dist', 'main', 'main.js'), ...wanted.forProgram],
  })
}

try {
  process.exitCode = await start(process.argv.slice(2))
} catch (problem) {
  if (!(problem instanceof SetupError)) throw problem
  say(problem.message)
  process.exitCode = 1
}
