/**
 * `npm run bench [-- post find start size sync explain] [--quick] [--json]`: what is measured, each beside its limit.
 * A missed target is said in its row and is no failure: figures depend on the machine.
 */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildWhenStale, root } from '../build/setup.mjs'
import { benchSync } from './central/sync.ts'
import { benchExplain, explainTable } from './explain.ts'
import { benchFind } from './find.ts'
import { writeHistory } from './history.ts'
import { benchKeystroke } from './keystroke.ts'
import type { BenchRow } from './measure.ts'
import { benchPost } from './post.ts'
import { copyTill, inFolder, makeTill } from './sample-till.ts'
import { benchSize } from './size.ts'
import { benchStart } from './start.ts'
import { tableOf } from './table.ts'

const FULL = { accounts: 1_000_000, receipts: 1_000_000 }
const QUICK = { accounts: 40_000, receipts: 20_000 }
const FEW_RECEIPTS = 1_000
const EXPLAIN_TRIES = 2_000
const LINE = { receipts: 100_000, accounts: 1_000_000, customers: 400 }
const QUICK_LINE = { receipts: 5_000, accounts: 100_000, customers: 100 }

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
})
const scale = values.quick ? QUICK : FULL

function say(words: string): void {
  process.stderr.write(`${words}\n`)
}

const count = (n: number): string => n.toLocaleString('en-US')

/** Two tills of one city, a young one and one with a past; made when the first bench asks for them. */
class Tills {
  readonly folder: string
  #made: { young: string; old: string } | undefined

  constructor(folder: string) {
    this.folder = folder
  }

  async both(): Promise<{ young: string; old: string }> {
    if (this.#made) return this.#made
    const young = join(this.folder, 'young')
    const old = join(this.folder, 'old')
    say(`Making a city of ${count(scale.accounts)} accounts…`)
    await makeTill(old, scale.accounts)
    copyTill(old, young)
    say(`Filling ledgers with ${count(FEW_RECEIPTS)} and ${count(scale.receipts)} receipts…`)
    writeHistory(young, FEW_RECEIPTS)
    writeHistory(old, scale.receipts)
    this.#made = { young, old }
    return this.#made
  }
}

const old = `${count(scale.accounts)} accounts, ${count(scale.receipts)} receipts`
type Bench = (tills: Tills) => Promise<BenchRow[]>

const BENCHES: Readonly<Record<string, Bench>> = {
  start: async tills => benchStart(old, (await tills.both()).old),
  find: async tills => [
    ...(await benchFind({ accounts: scale.accounts })),
    ...(await benchKeystroke(`${count(scale.accounts)} accounts`, (await tills.both()).old)),
  ],
  post: async tills => {
    const { young, old } = await tills.both()
    return benchPost([
      { name: `${count(FEW_RECEIPTS)} receipts`, dataDir: young },
      { name: `${count(scale.receipts)} receipts`, dataDir: old },
    ])
  },
  size: async () => benchSize(),
  sync: async ({ folder }) => benchSync(folder, values.quick ? QUICK_LINE : LINE, say),
}

/** Its figures are shares and not times, so it has a table of its own; and it needs neither till nor build. */
function explain(): void {
  say('Measuring explain…')
  const found = benchExplain(values.quick ? EXPLAIN_TRIES / 10 : EXPLAIN_TRIES)
  const lines = [...found.figures, found.time].map(row => `${JSON.stringify(row)}\n`)
  process.stdout.write(values.json ? lines.join('') : `${explainTable(found)}\n\n`)
}

async function main(): Promise<void> {
  const names = [...Object.keys(BENCHES), 'explain']
  const unknown = positionals.find(name => !names.includes(name))
  if (unknown !== undefined) {
    say(`There is no bench "${unknown}". There are: ${names.join(', ')}.`)
    process.exitCode = 1
    return
  }
  if (positionals.length === 0 || positionals.includes('explain')) explain()
  if (positionals.length > 0 && positionals.every(name => name === 'explain')) return
  await buildWhenStale(root, process.execPath)
  const rows = await inFolder(async folder => {
    const tills = new Tills(folder)
    const found: BenchRow[] = []
    for (const [name, bench] of Object.entries(BENCHES)) {
      if (positionals.length > 0 && !positionals.includes(name)) continue
      say(`Measuring ${name}…`)
      found.push(...(await bench(tills)))
    }
    return found
  })
  process.stdout.write(
    values.json ? rows.map(row => `${JSON.stringify(row)}\n`).join('') : `${tableOf(rows)}\n`,
  )
}

await main()
