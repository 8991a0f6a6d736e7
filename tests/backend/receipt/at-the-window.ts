/** A cashier at an open drawer, and a table of what is refused there. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { TillClient } from '../../../shared/contract/index.ts'
import type { LineInput, TenderInput } from '../../../shared/contract/receipt.ts'
import { type Cents, cents } from '../../../shared/money.ts'
import type { Settings } from '../../../shared/settings/index.ts'
import { accountLine, cash, openDrawer, ordinaryAccount, receiptInput } from '../../support/desk.ts'
import { changeSettings } from '../../support/office.ts'
import { refused } from '../../support/refusals.ts'
import { clientOf } from '../../support/screens.ts'
import { bodiesOf, type OpenTill, openTestTill } from '../../support/till.ts'

export const TEN = cents(1_000)

/** A letter that is kept as three. */
export const LETTER = '\ufb2c'

/** A till of one test's own, set up as it says. */
export async function atTheWindow(settings: Partial<Settings> = {}) {
  const till = await openTestTill()
  await changeSettings(await clientOf(till, 'administrator'), settings)
  const client = await clientOf(till, 'cashier')
  return { till, client, ...(await openDrawer(client)) }
}

/** One window for all tests of a file, of which none is to write anything. */
export function sharedWindow() {
  const endings: (() => Promise<void>)[] = []
  let till: OpenTill
  let client: TillClient
  beforeAll(async () => {
    till = await openTestTill({ atEnd: end => void endings.push(end) })
    client = await clientOf(till, 'cashier')
    await openDrawer(client)
  })
  afterAll(async () => {
    for (const end of endings) await end()
  })
  const post = (lines: LineInput[], tenders: TenderInput[] = [cash(TEN)], total: Cents = TEN) =>
    client.receipt.post(receiptInput(lines, tenders, total))
  const ordinary = async () => accountLine(await ordinaryAccount(), TEN)
  return {
    till: () => till,
    client: () => client,
    post,
    ordinary,
    /** Ten dollars on an ordinary account, and this as the second line. */
    withLine: async (line: LineInput) => post([await ordinary(), line]),
    withTenders: async (...tenders: TenderInput[]) => post([await ordinary()], tenders),
  }
}

export interface Case {
  rule: string
  ask: () => Promise<unknown>
  code: string
  says: unknown
}

/** Each is refused with what it says, and after all of them no receipt is on record. */
export function refusesEach(cases: readonly Case[], till: () => OpenTill): void {
  it.each(cases)('$rule', async ({ ask, code, says }) => {
    expect(await refused(ask(), code)).toEqual(says)
    expect(bodiesOf(till(), 'receipt.posted')).toEqual([])
  })
}
