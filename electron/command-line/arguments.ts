/** What the command line of the ledger can be asked for: each command with its words and options, and nothing else. */
import { parseArgs } from 'node:util'

interface CommandSpec {
  /** Words after the command, by what they are. */
  words: readonly string[]
  /** Options that it knows; those without a value are yes or no. */
  options: readonly OptionName[]
  /** Options without which it is nothing. */
  needs?: readonly OptionName[]
  says: string
}

const OPTIONS = {
  data: { type: 'string', value: 'DIR' },
  journal: { type: 'string', value: 'DIR' },
  out: { type: 'string', value: 'DIR' },
  code: { type: 'string', value: 'XXXX-XXXX-XXXX' },
  'good-rows': { type: 'boolean' },
  'close-missing': { type: 'boolean' },
  'payments-through': { type: 'string', value: 'YYYY-MM-DDTHH:MM' },
  help: { type: 'boolean' },
} as const
type OptionName = keyof typeof OPTIONS

const COMMANDS = {
  verify: {
    words: [],
    options: ['data', 'journal', 'code'],
    says: 'replays the journal and compares every table; with --journal, checks an exported folder',
  },
  'export-journal': {
    words: [],
    options: ['out', 'data'],
    needs: ['out'],
    says: 'writes the journal as a folder that anybody can check',
  },
  rebuild: { words: [], options: ['data'], says: 'makes the tables anew beside the running till' },
  release: {
    words: ['NAME'],
    options: ['data'],
    says: 'lets somebody try again who is locked out',
  },
  'export-city': { words: [], options: ['data'], says: 'prints what central publishes for all tills' },
  'import-accounts': {
    words: ['FILE'],
    options: ['data', 'good-rows', 'close-missing', 'payments-through'],
    says: 'reads the accounts from a file of the billing system',
  },
  help: { words: [], options: [], says: 'prints this' },
} as const satisfies Record<string, CommandSpec>
export type Command = keyof typeof COMMANDS

const isCommand = (name: string): name is Command => Object.hasOwn(COMMANDS, name)

/** How an option is written. */
function written(name: OptionName): string {
  const option = OPTIONS[name]
  return 'value' in option ? `--${name} ${option.value}` : `--${name}`
}

export function usage(): string[] {
  const rows = Object.entries<CommandSpec>(COMMANDS).flatMap(
    ([name, { words, options, needs = [], says }]) => {
      const given = options.map(option => (needs.includes(option) ? written(option) : `[${written(option)}]`))
      return [`  npm run ledger -- ${[name, ...words, ...given].join(' ')}`, `      ${says}`]
    },
  )
  return ['Usage:', ...rows, 'Folders and files are meant from where you are.']
}

export type OptionValues = { [N in OptionName]?: string | boolean | undefined }

export interface Asked {
  command: Command
  /** The word behind the command; empty where it takes none. */
  word: string
  values: OptionValues
}

/** Reads what was asked for; a text says what of it there is not. */
export function readArguments(args: readonly string[]): Asked | string {
  const parsed = parsedOf(args)
  if (typeof parsed === 'string') return parsed
  const [name = 'help', ...words] = parsed.positionals
  const values: OptionValues = parsed.values
  if (values.help === true) return { command: 'help', word: '', values: {} }
  if (!isCommand(name)) return `There is no command ${name}.`
  const spec: CommandSpec = COMMANDS[name]
  for (const [at, word] of spec.words.entries())
    if (words[at] === undefined) return `${name} needs a ${word}.`
  const [stray] = words.slice(spec.words.length)
  if (stray !== undefined) return `${name} takes no ${stray}.`
  for (const [option] of Object.entries(values))
    if (!spec.options.some(one => one === option)) return `${name} takes no --${option}.`
  for (const option of spec.needs ?? [])
    if (values[option] === undefined) return `${name} needs ${written(option)}.`
  return { command: name, word: words[0] ?? '', values }
}

function parsedOf(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS })
  } catch (error) {
    // Node's own words go on to say how a dash is quoted, which nobody asked.
    return `${(error instanceof Error ? error.message : String(error)).split('. ', 1)[0] ?? ''}.`
  }
}
