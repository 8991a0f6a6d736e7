/** The basket in hand: kept as it is typed, suspended under a name, resumed by anyone with the right. */

import type { Reader } from '../../../db/ledger/reader.ts'
import { personNames } from '../../../db/queries/person.ts'
import { allTenderTypes, catalogItemById } from '../../../db/queries/setup.ts'
import type { StoredBasket } from '../../../db/workspace/workspace.ts'
import { type Basket, basketField, type SeenAccount } from '../../../shared/contract/basket.ts'
import { type Cents, sum, ZERO } from '../../../shared/money.ts'
import { linePrice } from '../../../shared/rules/receipt/price.ts'
import { checkText } from '../../../shared/rules/text/free-text.ts'
import { isNeverKept, tenderKind } from '../../../shared/tenders.ts'
import type { Backend } from '../backend.ts'
import { typedDetails } from '../request/check-seal.ts'
import { signedIn } from '../request/commands.ts'
import { os } from '../request/guard.ts'
import { normalizedText } from '../request/texts.ts'
import { ongoing, suspendedBaskets } from './ongoing.ts'

/** What was stored, if it is still a basket this program understands; an unreadable one is only in the way. */
function readBasket(stored: StoredBasket | undefined): Basket | null {
  if (!stored) return null
  try {
    return basketField.safeParse(JSON.parse(stored.content)).data ?? null
  } catch {
    return null
  }
}

function inHandOf(backend: Backend, personId: string): Basket | null {
  return readBasket(ongoing(backend, backend.workspace.currentOf(personId)))
}

export const current = os.basket.current.handler(({ context }) =>
  inHandOf(context.backend, signedIn(context).personId),
)

/** Nothing typed may bring a card number or control characters into a file, not even half-way. */
function checkTexts({ ledger, tillKey }: Backend, basket: Basket): void {
  const types = new Map(allTenderTypes(ledger.reader).map(type => [type.tender, type]))
  const texts = [
    ...basket.lines.flatMap(line => (line.kind === 'catalog' ? [line.reference] : [])),
    ...basket.tenders.flatMap(({ tender, reference, details }) => [
      reference,
      ...typedDetails(tillKey, tenderKind(types.get(tender) ?? { kind: '' }), details),
    ]),
  ]
  for (const text of texts) normalizedText('basket', text, { maxLength: 200 })
}

// Half-typed text can look like anything; what may not be kept is left out, and typing goes on.
function keptEntry(entry: Basket['entry']): Basket['entry'] {
  if (!entry) return null
  const texts = Object.entries(entry.texts).filter(
    ([field, text]) => !isNeverKept(field) && checkText(text, { maxLength: 200 }).ok,
  )
  return { tender: entry.tender, texts: Object.fromEntries(texts) }
}

// A name comes from the billing system and may look like anything; one that may not be kept is not compared.
function keptSeen(seen: readonly SeenAccount[]): SeenAccount[] {
  return seen.filter(({ name, address }) =>
    [name, address].every(text => checkText(text, { maxLength: 200 }).ok),
  )
}

export const save = os.basket.save.handler(({ input, context, errors }) => {
  const { workspace, clock, ledger } = context.backend
  const { personId } = signedIn(context)
  checkTexts(context.backend, input)
  const entry = keptEntry(input.entry)
  // A save that arrives after the posting must not bring the basket back.
  const posted = ledger.recorded(input.basketId)
  if (posted?.facts.some(fact => fact.actorId !== personId)) throw errors.UNKNOWN_BASKET()
  if (posted) return {}
  const stored = workspace.byId(input.basketId)
  if (stored && stored.personId !== personId) throw errors.UNKNOWN_BASKET()
  if (stored && stored.suspendedName !== null) {
    // What another tab has suspended is in nobody's hand: what is typed on would be kept nowhere.
    if (input.revision > stored.revision) throw errors.UNKNOWN_BASKET()
    return {}
  }
  workspace.save({
    basketId: input.basketId,
    personId,
    revision: input.revision,
    suspendedName: null,
    savedAtMs: clock(),
    content: JSON.stringify({ ...input, entry, seen: keptSeen(input.seen) }),
  })
  return {}
})

export const discard = os.basket.discard.handler(({ input, context }) => {
  const { workspace } = context.backend
  const stored = workspace.byId(input.basketId)
  if (stored && stored.personId === signedIn(context).personId && stored.suspendedName === null)
    workspace.discard(input.basketId)
  return {}
})

export const suspend = os.basket.suspend.handler(({ input, context, errors }) => {
  const { workspace, clock, changes } = context.backend
  const stored = ongoing(context.backend, workspace.byId(input.basketId))
  if (!stored || stored.personId !== signedIn(context).personId) throw errors.UNKNOWN_BASKET()
  workspace.suspend(
    input.basketId,
    normalizedText('name', input.name, { maxLength: 80, required: true }),
    clock(),
  )
  changes.tell(['basket'])
  return {}
})

export const suspended = os.basket.suspended.handler(({ context }) => {
  const { ledger } = context.backend
  const nameOf = personNames(ledger.reader)
  return suspendedBaskets(context.backend).map(stored => {
    const basket = readBasket(stored)
    return {
      basketId: stored.basketId,
      name: stored.suspendedName ?? '',
      byName: nameOf(stored.personId),
      suspendedAtMs: stored.savedAtMs,
      lineCount: basket?.lines.length ?? 0,
      totalCents: basket ? basketTotal(ledger.reader, basket) : ZERO,
    }
  })
})

function basketTotal(reader: Reader, basket: Basket): Cents {
  return sum(
    basket.lines.map(line => {
      if (line.kind === 'account') return line.cents
      const item = catalogItemById(reader, line.catalogItemId)
      return (item && linePrice(item, line)) ?? ZERO
    }),
  )
}

export const resume = os.basket.resume.handler(({ input, context, errors }) => {
  const { workspace, changes } = context.backend
  const person = signedIn(context)
  const stored = ongoing(context.backend, workspace.byId(input.basketId))
  const basket = readBasket(stored)
  if (!stored || stored.suspendedName === null || !basket) throw errors.UNKNOWN_BASKET()
  const inHand = inHandOf(context.backend, person.personId)
  if (inHand && (inHand.lines.length > 0 || inHand.tenders.length > 0)) throw errors.BASKET_IN_HAND()
  workspace.resume(input.basketId, person.personId)
  changes.tell(['basket'])
  return basket
})
