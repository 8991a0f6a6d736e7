import { openAccountsReader } from '../../../db/accounts/open.ts'
import { sampleCity } from '../../../electron/backend/setup/sample/city.ts'
import type { AccountWithItems } from '../../../shared/account.ts'
import { type Cents, sum } from '../../../shared/money.ts'
import { composeScanLine } from '../../../shared/rules/account/scan-line.ts'

/** A bill that a customer brings: the account, what it owes, and the line that a scanner reads. */
export interface Bill extends AccountWithItems {
  owedCents: Cents
  scanLine: string
}

/** With two hundreds handed over, less than a third comes back. */
const LEAST = 10_100
const MOST = 15_000

/** Bills of ordinary accounts of the sample city, the same ones each time. */
export function bills(dataDir: string, count: number): Bill[] {
  const [template] = sampleCity().scanTemplates
  if (!template) throw new Error('The sample city has no scan line')
  const accounts = openAccountsReader(dataDir)
  try {
    const found = accounts.findAccounts('apt', 200).flatMap((account): Bill[] => {
      const items = accounts.itemsOf(account.accountId)
      const owedCents = sum(items.map(item => item.openCents))
      const isOrdinary = account.status === 'open' && !account.cashOnly && account.creditCents === 0
      if (!isOrdinary || owedCents < LEAST || owedCents > MOST) return []
      const digits = account.number.replace(/\D/g, '')
      return [
        {
          account,
          items,
          owedCents,
          scanLine: composeScanLine(template, { account: digits, amountCents: owedCents }),
        },
      ]
    })
    if (found.length < count) throw new Error(`The sample city has only ${found.length} such bills`)
    return found.slice(0, count)
  } finally {
    accounts.close()
  }
}
