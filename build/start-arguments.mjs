import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { SetupError } from './setup.mjs'

/** @typedef {typeof import('./start-arguments.d.mts')} Surface */

/** @type {Surface['usage']} */
export const usage = `npm start -- [--browser] [--no-open] [--port N] [--data DIR] [--sample [--accounts N]]
  --browser    in the browser instead of the desktop window
  --no-open    do not open a browser, only print the address
  --port N     listen on this port of 127.0.0.1 (browser mode; a free one otherwise)
  --data DIR   keep the ledger in this folder (the platform's data folder otherwise)
  --sample     open the sample city when the folder is empty
  --accounts N accounts of the sample city instead of 50,000 (with --sample)
`

/** @param {string | undefined} text */
const portOf = text => {
  const port = /^\d{1,5}$/.test(text ?? '') ? Number.parseInt(text ?? '', 10) : -1
  if (port < 0 || port > 65_535)
    throw new SetupError(`--port wants a number from 0 to 65535, not ${text ?? 'nothing'}.`)
  return String(port)
}

const MOST_ACCOUNTS = 2_000_000

/** @param {string | undefined} text */
const accountsOf = text => {
  const accounts = /^\d{1,7}$/.test(text ?? '') ? Number.parseInt(text ?? '', 10) : 0
  if (accounts < 1 || accounts > MOST_ACCOUNTS)
    throw new SetupError(`--accounts wants a number from 1 to ${MOST_ACCOUNTS}, not ${text ?? 'nothing'}.`)
  return String(accounts)
}

/** @param {string | undefined} text */
const folderOf = text => {
  if (text === undefined || text === '' || text.startsWith('--'))
    throw new SetupError('--data wants a folder.')
  // A relative folder is meant from where npm was called, not from the project's folder.
  const folder = resolve(process.env.INIT_CWD ?? process.cwd(), text)
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === false)
    throw new SetupError(`--data wants a folder, and ${folder} is a file.`)
  return folder
}

/** @type {Surface['parseArguments']} */
export const parseArguments = given => {
  const words = given.flatMap(word =>
    /^--(port|data|accounts)=/.test(word) ? word.split(/=(.*)/s, 2) : [word],
  )
  const wanted = { browser: false, open: true, forProgram: /** @type {string[]} */ ([]) }
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at]
    if (word === '--help') return 'help'
    if (word === '--browser') wanted.browser = true
    else if (word === '--no-open') wanted.open = false
    else if (word === '--sample') wanted.forProgram.push('--sample')
    else if (word === '--port') wanted.forProgram.push('--port', portOf(words[++at]))
    else if (word === '--accounts') wanted.forProgram.push('--accounts', accountsOf(words[++at]))
    else if (word === '--data') wanted.forProgram.push('--data', folderOf(words[++at]))
    else throw new SetupError(`${word} is not known here.\n${usage}`)
  }
  if (wanted.forProgram.includes('--accounts') && !wanted.forProgram.includes('--sample'))
    throw new SetupError('--accounts goes with --sample.')
  return wanted
}
