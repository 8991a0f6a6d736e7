/** What people type into fields for text: kept as it is or refused in words, and no card number is ever kept. */
import { ORPCError } from '@orpc/contract'
import { describe, expect, it } from 'vitest'
import { openLog } from '../../../electron/backend/runtime/log.ts'
import { newId } from '../../../shared/id.ts'
import type { Fact } from '../../../shared/ledger/facts.ts'
import { checkText } from '../../../shared/rules/text/free-text.ts'
import { filesWith } from '../../support/data-folder.ts'
import { isFixtureMissing, readFixture } from '../../support/run/fixtures.ts'
import { type OpenTill, openTestTill } from '../../support/till.ts'
import { type Operation, operations, scenarioOf } from '../../transports/operations.ts'
import { type Path, textFields, textsIn, withText } from './text-fields.ts'

const NAUGHTY = 'bad-input/naughty-strings.json'
const FORMULAS = 'bad-input/csv-injection.json'
const missing = isFixtureMissing(NAUGHTY) || isFixtureMissing(FORMULAS)

const withTexts = operations.filter(operation => textFields(operation).length > 0)
/** One in so many texts: the operations share the rules for text, and so they share the texts out among them. */
const SHARE = 5
/** A PIN is derived, a file read or a thread started each time: a few texts must do. */
const SLOW = new Map([
  ['setup.setUp', 50],
  ['person.save', 14],
  ['account.previewImport', 50],
  ['account.runImport', 50],
])

interface Outcome {
  code: string | undefined
  facts: Fact[]
}

/** Sends inputs to one operation again and again, on a till that is made ready as often as need be. */
class Sender {
  readonly #operation: Operation
  readonly #facts: Fact[] = []
  #till: OpenTill | undefined
  #ready: { client: Parameters<Operation['call']>[0]; input: unknown } | undefined
  readonly #open: () => Promise<OpenTill>
  #dataDir = ''

  constructor(operation: Operation, open: () => Promise<OpenTill>) {
    this.#operation = operation
    this.#open = open
  }

  get dataDir(): string {
    return this.#dataDir
  }

  /** Sends the good case with a text in one field; one outcome for each place of that field. */
  async send(path: Path, text: string): Promise<Outcome[]> {
    const outcomes: Outcome[] = []
    const places = withText((await this.#readied()).input, path, text).length
    expect(places, `the good case has nothing at ${path.join('.')}`).toBeGreaterThan(0)
    for (let place = 0; place < places; place += 1) {
      let outcome = await this.#try(path, text, place)
      const isState = outcome.code !== undefined && !/NOT_ALLOWED|NOT_VALID/.test(outcome.code)
      if (isState) {
        this.#ready = undefined
        outcome = await this.#try(path, text, place)
      }
      outcomes.push(outcome)
    }
    return outcomes
  }

  async #readied() {
    if (!this.#till) {
      this.#till = await this.#open()
      this.#dataDir = this.#till.dataDir
      this.#till.backend.ledger.onCommit(facts => void this.#facts.push(...facts))
      this.#ready = undefined
    }
    this.#ready ??= await scenarioOf(this.#operation).ready(this.#till)
    return this.#ready
  }

  async #try(path: Path, text: string, place: number): Promise<Outcome> {
    const { client, input } = await this.#readied()
    const changed = withText(input, path, text)[place] as Record<string, unknown>
    const sent = 'commandId' in changed ? { ...changed, commandId: newId() } : changed
    this.#facts.length = 0
    try {
      await finished(await this.#operation.call(client, sent))
      // A till is set up once; the next text needs another.
      if (scenarioOf(this.#operation).firstRun) this.#till = undefined
      return { code: undefined, facts: [...this.#facts] }
    } catch (error) {
      if (!(error instanceof ORPCError) || !error.defined) throw error
      return { code: error.code, facts: [] }
    }
  }
}

/** Waits for the end of a stream; anything else is there already. */
async function finished(output: unknown): Promise<void> {
  if (typeof output === 'object' && output !== null && Symbol.asyncIterator in output)
    for await (const _ of output as AsyncIterable<unknown>);
}

/** Kept if it has the right form, and otherwise left out rather than refused: digits and a hash of a check. */
const LEFT_OUT = /accountLast4|accountHash|cardLast4|routingNumber|addressLines|receiptTexts|mapping/

/** All that a fact states: its body, the payer's words beside it, and what stands as JSON in its settings. */
const statedBy = ({ kind, body, texts }: Fact): unknown =>
  kind === 'settings.saved' ? body.values.map(({ value }) => JSON.parse(value)) : [body, texts]

function expectKept(operation: Operation, path: Path, text: string, { facts }: Outcome): void {
  if (operation.meta.kind !== 'write') return
  const checked = checkText(text, { maxLength: 10_000 })
  const kept = checked.ok ? checked.text : text
  const isThere = textsIn(facts.map(statedBy)).includes(kept)
  const mayBeLeftOut = kept === '' || LEFT_OUT.test(path.join('.'))
  expect(isThere || mayBeLeftOut, `${operation.name} ${path.join('.')} ${JSON.stringify(text)}`).toBe(true)
}

function texts(): string[] {
  const { strings } = readFixture<{ strings: string[] }>(NAUGHTY)
  const { payloads } = readFixture<{ payloads: string[] }>(FORMULAS)
  expect(strings.length).toBeGreaterThan(200)
  const controls = ['a\u0000b', 'a\u001b[2Jb', 'a\tb', 'a\r\nb', 'a\u0085b', '\ud800', 'a\u202eb', ' ', '']
  return [...strings, ...payloads, ...controls, 'x'.repeat(81), 'x'.repeat(10_000), '🧾'.repeat(80)]
}

describe('strings that break other programs', () => {
  for (const operation of withTexts)
    it.skipIf(missing)(
      `${operation.name} keeps them as text or refuses them in words`,
      { timeout: 120_000 },
      async () => {
        const turn = withTexts.indexOf(operation) % SHARE
        const all = texts().filter((_, i) => i % SHARE === turn)
        // Fields share them out again: each operation meets all of its part, each field a part of that.
        const fields = textFields(operation).length
        const step = SLOW.get(operation.name) ?? Math.min(3, fields)
        const sender = new Sender(operation, tillFor(operation))
        for (const [part, path] of textFields(operation).entries())
          for (const text of all.filter((_, i) => i % step === part % step)) {
            for (const outcome of await sender.send(path, text)) {
              expect([operation.name, path.join('.'), text, outcome.code]).not.toContain('FAULT')
              if (outcome.code === undefined) expectKept(operation, path, text, outcome)
            }
          }
      },
    )
})

const tillFor = (operation: Operation) => () =>
  openTestTill({ log: openLog, firstRun: scenarioOf(operation).firstRun ?? false })

/** Numbers that the card schemes publish for tests, as people write them. */
const CARDS = ['4111111111111111', '5555 5555 5555 4444', '3782-822463-10005', '6011.0009.9013.9424']
/** Texts that are looked for, counted with or left out, so that they need not be refused in order not to be kept. */
const NOT_KEPT =
  /^(account.find|receipt.find|till.journal|receipt.identifyCheck|account.previewImport|basket.save (entry.texts|seen))/

describe('card numbers', () => {
  for (const operation of withTexts)
    it(`${operation.name} keeps none`, { timeout: 60_000 }, async () => {
      const sender = new Sender(operation, tillFor(operation))
      for (const path of textFields(operation))
        for (const card of SLOW.has(operation.name) ? CARDS.slice(0, 2) : CARDS) {
          for (const { code } of await sender.send(path, card))
            if (!NOT_KEPT.test(`${operation.name} ${path.join('.')}`))
              expect([operation.name, path.join('.'), card, code]).not.toContain(undefined)
          const traces = [card, card.replaceAll(/\D/g, ''), JSON.stringify(card)]
          expect(filesWith(sender.dataDir, traces)).toEqual([])
        }
    })
})
