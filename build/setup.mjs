import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { accessSync, constants, existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, delimiter, dirname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

// Plain JavaScript on purpose: these functions run before anything is installed. Their types stand in setup.d.mts.

/** @typedef {typeof import('./setup.d.mts')} Surface */

/** @type {Surface['SetupError']} */
export const SetupError = class extends Error {}

/** @type {Surface['root']} */
export const root = dirname(dirname(fileURLToPath(import.meta.url)))

const windows = process.platform === 'win32'

/** @type {Surface['say']} */
export const say = words => {
  process.stderr.write(`${words}\n`)
}

let interrupted = false

/** @type {Surface['run']} */
export const run = (command, args, options = {}) =>
  new Promise((resolve, reject) => {
    if (interrupted) throw new SetupError('Interrupted.')
    const child = spawn(command, [...args], {
      cwd: options.cwd ?? root,
      env: options.env ?? process.env,
      stdio: [options.withInput ? 'inherit' : 'ignore', options.quietOutput ? 2 : 'inherit', 'inherit'],
      shell: command.endsWith('.cmd'),
    })
    /** @param {NodeJS.Signals} signal */
    const pass = signal => {
      interrupted = true
      child.kill(signal)
    }
    const quiet = () => {
      process.off('SIGINT', pass)
      process.off('SIGTERM', pass)
    }
    process.on('SIGINT', pass)
    process.on('SIGTERM', pass)
    child.once('error', problem => {
      quiet()
      reject(new SetupError(`${command} could not be run: ${problem.message}`))
    })
    child.once('exit', code => {
      quiet()
      resolve(code ?? 1)
    })
  })

/** @param {string} file */
const isExecutable = file => {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** @type {Surface['findOnPath']} */
export const findOnPath = (names, searchPath = process.env.PATH ?? '') => {
  const endings = windows ? ['.exe', '.cmd', ''] : ['']
  for (const name of names) {
    for (const folder of searchPath.split(delimiter).filter(part => part !== '')) {
      const found = endings.map(ending => join(folder, name + ending)).find(isExecutable)
      if (found !== undefined) return found
    }
  }
  return undefined
}

/**
 * @param {string} file
 * @returns {unknown}
 */
const readJson = file => JSON.parse(readFileSync(file, 'utf8'))

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, optional?: boolean }> | undefined}
 */
const lockedPackages = file => {
  if (!existsSync(file)) return undefined
  const lock = /** @type {{ packages?: Record<string, { version?: string, optional?: boolean }> }} */ (
    readJson(file)
  )
  return lock.packages
}

/** @type {Surface['dependenciesInstalled']} */
export const dependenciesInstalled = folder => {
  const wanted = lockedPackages(join(folder, 'package-lock.json'))
  // npm writes this file as the last act of an install, so a broken-off install is seen as none.
  const present = lockedPackages(join(folder, 'node_modules', '.package-lock.json'))
  if (wanted === undefined || present === undefined) return false
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true
    const installed = present[path]
    if (installed === undefined) return entry.optional === true
    return installed.version === entry.version
  })
}

/**
 * npm as a command line: the very npm that called us where there is one, else the one on the path.
 * @param {readonly string[]} args
 * @returns {{ command: string, args: string[] }}
 */
const npmCommand = args => {
  const caller = process.env.npm_execpath
  if (caller !== undefined && basename(caller).startsWith('npm') && existsSync(caller)) {
    return { command: process.execPath, args: [caller, ...args] }
  }
  const npm = findOnPath(['npm'])
  if (npm === undefined)
    throw new SetupError('npm is not installed; it comes with Node, or as the package npm.')
  return { command: npm, args: [...args] }
}

/** @type {Surface['installDependencies']} */
export const installDependencies = async folder => {
  if (dependenciesInstalled(folder)) return
  say('Installing what Tillproof needs (first start, or the versions changed) …')
  // `ci` deletes node_modules first; Windows can't delete the Node that runs this, so there it is updated in place.
  const inUse = windows && process.execPath.startsWith(join(folder, 'node_modules') + sep)
  // No install script of any package is run: the one that is needed (the pinned Node) is run by name below.
  const npm = npmCommand([
    inUse ? 'install' : 'ci',
    '--ignore-scripts',
    '--include=dev',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ])
  const code = await run(npm.command, npm.args, { cwd: folder, quietOutput: true })
  if (code !== 0) {
    throw new SetupError(
      'The dependencies could not be installed: see what npm said above. Is the network there?',
    )
  }
}

/** @param {string} program */
const versionOf = program => spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout?.trim() ?? ''

/** @type {Surface['pinnedNode']} */
export const pinnedNode = async folder => {
  const home = join(folder, 'node_modules', 'node')
  const program = join(home, 'bin', windows ? 'node.exe' : 'node')
  const { version } = /** @type {{ version: string }} */ (readJson(join(home, 'package.json')))
  if (versionOf(program) !== `v${version}`) {
    say(`Installing Node ${version} into this folder (the machine's own Node stays as it is) …`)
    const env = { ...process.env, npm_config_loglevel: 'error' }
    await run(process.execPath, ['installArchSpecificPackage.js'], { cwd: home, env, quietOutput: true })
  }
  if (versionOf(program) !== `v${version}`) {
    throw new SetupError(
      `Tillproof runs on Node ${version}, and that could not be installed here (${process.platform} ${process.arch}). ` +
        'Is the network there, and does npm reach its registry?',
    )
  }
  if (!existsSync(join(folder, 'node_modules', '.bin', windows ? 'node.cmd' : 'node'))) {
    // npm links a program only when it is there, and this one came after npm was done.
    const npm = npmCommand(['rebuild', 'node', '--ignore-scripts'])
    await run(npm.command, npm.args, { cwd: folder, quietOutput: true })
  }
  return program
}

const buildInputs = [
  'build',
  'db',
  'electron',
  'renderer',
  'shared',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
]

/** @type {Surface['buildInputsDigest']} */
export const buildInputsDigest = folder => {
  const digest = createHash('sha256')
  /** @param {string} path */
  const add = path => {
    const file = join(folder, path)
    if (!existsSync(file)) return
    digest
      .update(`${path.split(sep).join('/')}\0`)
      .update(readFileSync(file))
      .update('\0')
  }
  /** @param {string} path */
  const walk = path => {
    const entries = readdirSync(join(folder, path), { withFileTypes: true })
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const inner = join(path, entry.name)
      if (entry.isDirectory()) walk(inner)
      else add(inner)
    }
  }
  for (const path of buildInputs) {
    if (path.includes('.')) add(path)
    else if (existsSync(join(folder, path))) walk(path)
  }
  return digest.digest('hex')
}

/** @type {Surface['buildStamp']} */
export const buildStamp = folder => join(folder, 'dist', 'built-from')

/** @type {Surface['buildIsStale']} */
export const buildIsStale = folder => {
  const stamp = buildStamp(folder)
  return !existsSync(stamp) || readFileSync(stamp, 'utf8') !== buildInputsDigest(folder)
}

/** @type {Surface['buildWhenStale']} */
export const buildWhenStale = async (folder, node) => {
  if (!buildIsStale(folder)) return
  say('Building …')
  const code = await run(node, [join('build', 'build.ts')], { cwd: folder, quietOutput: true })
  if (code !== 0) throw new SetupError('The build failed: see above.')
}

const usualChromiumPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

/** @type {Surface['findChromium']} */
export const findChromium = () => {
  const named = process.env.TILLPROOF_CHROMIUM
  if (named !== undefined && named !== '') return isExecutable(named) ? named : undefined
  return (
    findOnPath(['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']) ??
    usualChromiumPlaces.find(isExecutable)
  )
}

/** How this user may install Debian packages without being asked: as it is, by sudo, or not at all. */
const aptCommand = () => {
  const apt = findOnPath(['apt-get'])
  if (apt === undefined) return undefined
  if (process.getuid?.() === 0) return [apt]
  const sudo = findOnPath(['sudo'])
  if (sudo === undefined || spawnSync(sudo, ['-n', 'true'], { stdio: 'ignore' }).status !== 0)
    return undefined
  return [sudo, '-n', apt]
}

/**
 * Installs a Debian package where this user may.
 * @param {string} name
 * @param {string} words
 */
const installPackage = async (name, words) => {
  const apt = aptCommand()
  if (apt === undefined) return
  say(`Installing ${words} from the distribution for the tests …`)
  const [command = 'apt-get', ...before] = apt
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', name]]) {
    await run(command, [...before, ...args], { env, quietOutput: true })
  }
}

/** The same browser without its windows, where there is one, takes a third of the time off every test that has a page. */
const HEADLESS = 'chromium-headless-shell'
const chromiumThere = () =>
  process.env.TILLPROOF_CHROMIUM ? findChromium() : (findOnPath([HEADLESS]) ?? findChromium())

/** @type {Surface['chromiumForTests']} */
export const chromiumForTests = async () => {
  // Not every distribution has the first.
  for (const name of [HEADLESS, 'chromium']) {
    const found = chromiumThere()
    if (found !== undefined) return found
    await installPackage(name, 'Chromium')
  }
  const installed = chromiumThere()
  if (installed !== undefined) return installed
  throw new SetupError(
    'The tests need Chromium: install it (Debian: apt-get install chromium), or set TILLPROOF_CHROMIUM to its path.',
  )
}

/** Debian keeps each version's server in a folder of its own, which is on nobody's search path. */
const debianPostgres = '/usr/lib/postgresql'
const oldestPostgres = 15

/** @type {Surface['findPostgres']} */
export const findPostgres = (home = debianPostgres) => {
  const named = process.env.TILLPROOF_POSTGRES
  if (named !== undefined && named !== '') return isExecutable(join(named, 'initdb')) ? named : undefined
  const versions = existsSync(home) ? readdirSync(home).filter(name => /^\d+$/.test(name)) : []
  const folders = versions
    .map(name => Number.parseInt(name, 10))
    .filter(version => version >= oldestPostgres)
    .sort((a, b) => b - a)
    .map(version => join(home, `${version}`, 'bin'))
  const onPath = findOnPath(['initdb'])
  return [...folders, ...(onPath === undefined ? [] : [dirname(onPath)])].find(
    folder => isExecutable(join(folder, 'initdb')) && isExecutable(join(folder, 'postgres')),
  )
}

/** @type {Surface['postgresForTests']} */
export const postgresForTests = async () => {
  if (findPostgres() === undefined) await installPackage('postgresql', 'PostgreSQL')
  const found = findPostgres()
  if (found === undefined)
    say(
      'Tests of central on PostgreSQL will be skipped: install it (Debian: apt-get install postgresql), ' +
        'or set TILLPROOF_POSTGRES to the folder of its programs.',
    )
  return found
}

/** Programs that single tests call: what they are called, the package that has them, and what is not tested without. */
const testTools = [
  { program: 'pdftotext', package: 'poppler-utils', name: 'poppler', untested: 'What stands on the papers' },
  { program: 'strace', package: 'strace', name: 'strace', untested: 'What a power cut leaves' },
]

/** @type {Surface['toolsForTests']} */
export const toolsForTests = async () => {
  for (const tool of testTools) {
    if (findOnPath([tool.program]) === undefined) await installPackage(tool.package, tool.name)
    if (findOnPath([tool.program]) === undefined)
      say(`${tool.untested} will not be tested: install it (Debian: apt-get install ${tool.package}).`)
  }
}

/** @type {Surface['findElectron']} */
export const findElectron = folder => {
  const home = join(folder, 'node_modules', 'electron')
  const pointer = join(home, 'path.txt')
  if (!existsSync(pointer)) return undefined
  const program = join(home, 'dist', readFileSync(pointer, 'utf8').trim())
  return isExecutable(program) ? program : undefined
}

/** @type {Surface['electronCanBeFetched']} */
export const electronCanBeFetched = async (folder, timeoutMs = 3000) => {
  const packageFile = join(folder, 'node_modules', 'electron', 'package.json')
  const { version } = /** @type {{ version: string }} */ (readJson(packageFile))
  const mirror =
    process.env.ELECTRON_MIRROR ??
    process.env.npm_config_electron_mirror ??
    'https://github.com/electron/electron/releases/download/v'
  try {
    const answer = await fetch(`${mirror}${version}/SHASUMS256.txt`, {
      method: 'HEAD',
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    })
    return answer.status < 400
  } catch {
    // No answer, a refused connection and an unknown name all mean the same here: not now.
    return false
  }
}

/** @type {Surface['fetchElectron']} */
export const fetchElectron = async (folder, node) => {
  say('Fetching Electron (about 120 MB, once) …')
  const code = await run(node, [join('node_modules', 'electron', 'install.js')], {
    cwd: folder,
    quietOutput: true,
  })
  return code === 0 ? findElectron(folder) : undefined
}
