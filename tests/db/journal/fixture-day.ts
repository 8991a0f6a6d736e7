/** Days in which a till states every kind of fact, each value of their enums, and each thing that may be missing, missing. */
import { enrolmentOf, tillNow } from '../../../db/queries/till.ts'
import { ownCommand } from '../../../electron/backend/request/pins.ts'
import { newId } from '../../../shared/id.ts'
import { centralKeyName, keyLine, tillKeyName } from '../../../shared/ledger/signed-note.ts'
import { cents } from '../../../shared/money.ts'
import { type LineTill, openLineTill } from '../../support/central/line.ts'
import {
  approvalBy,
  CHANGE_FUND,
  card,
  cash,
  catalogLine,
  countDrawer,
  countOf,
  openDrawer,
  pay,
  piecesOf,
  receiptInput,
} from '../../support/desk.ts'
import { changeSettings, saveDrawer, savePerson } from '../../support/office.ts'
import { liveDays } from '../../support/random-life/days.ts'
import { refused } from '../../support/refusals.ts'
import { clientOf } from '../../support/screens.ts'
import { samplePerson } from '../../support/template.ts'
import { openDrawerOf } from '../../transports/at-the-desk.ts'

const SEED = 20_261_121
const found = { tender: 'check' as const, reference: '77', cents: cents(1_000) }

/** A fee that is a percentage, a letter-sized copy, a check that no receipt knows of, coins for a note. */
async function counterDay({ till }: LineTill): Promise<void> {
  const { client, sessionId } = await openDrawerOf(till, 'cashier')
  const administrator = await clientOf(till, 'administrator')
  const supervisor = await clientOf(till, 'supervisor')
  const percent = (await administrator.setup.catalog()).find(item => item.pricing === 'percent')
  const fee = await catalogLine(client, percent?.code ?? '', { baseCents: cents(100_000), quantity: 1 })
  const due = cents(Math.round((100_000 * (percent?.rateMillionths ?? 0)) / 1_000_000))
  const { receiptId } = await client.receipt.post(receiptInput([fee], [card(due)], due))
  await client.receipt.print({ receiptId, paper: 'letter' })
  await pay(client, cents(5_000))
  await changeSettings(administrator, { rounding: 'nearest-five' })
  const misc = await catalogLine(client, 'MISC', { priceCents: cents(303) })
  await client.receipt.post(receiptInput([misc], [cash(cents(305))], cents(303)))
  const signed = { ownPin: approvalBy('cashier').pin, approval: approvalBy('lead') }
  const quarters = [{ valueCents: cents(25), kind: 'coin' as const, pieces: 80, bundles: 0 }]
  const moved = { pieces: quarters, items: [] }
  await client.movement.turnIn({ commandId: newId(), given: moved, taken: moved, ...signed })
  await client.movement.exchange({
    commandId: newId(),
    given: [{ valueCents: cents(2_000), kind: 'note', pieces: 1, bundles: 0 }],
    taken: quarters,
    ...signed,
  })
  const inDrawer = cents(CHANGE_FUND + 5_305 - 2_000)
  const slips = [{ tender: 'card', cents: due }]
  const count = { ...(await countOf(client, inDrawer, slips)), extraItems: [found] }
  await supervisor.session.surpriseCount({
    commandId: newId(),
    sessionId,
    count: { ...count, pieces: piecesOf(inDrawer) },
  })
  for (let round = 1; round <= 2; round += 1) await client.session.count({ commandId: newId(), count })
  const closing = { reason: 'A check without a receipt', approval: approvalBy('supervisor') }
  await client.session.close({ commandId: newId(), ...closing })
  await bagsOf(sessionId, await clientOf(till, 'lead'))
}

/** What one session left, a bag for each bank account; the check that nobody knows of is in one of them. */
async function bagsOf(sessionId: string, lead: Awaited<ReturnType<typeof clientOf>>): Promise<void> {
  const [ordinary] = await lead.setup.bankAccounts()
  const waiting = (await lead.deposit.waiting()).filter(part => part.sessionId === sessionId)
  for (const [bankAccountId, parts] of Map.groupBy(waiting, part => part.bankAccountId)) {
    const cashCents = parts.reduce((all, part) => all + part.cashCents, 0)
    await lead.deposit.makeUp({
      commandId: newId(),
      bankAccountId: bankAccountId ?? ordinary?.bankAccountId ?? '',
      parts: parts.map(({ partNo }) => ({ sessionId, partNo })),
      pieces: piecesOf(cents(cashCents)),
      bagNumber: `FOUND-${parts[0]?.partNo}`,
    })
  }
}

/** What a city lets go of, and somebody who is locked out. */
async function letGo({ till }: LineTill): Promise<void> {
  const { setup, person } = await clientOf(till, 'administrator')
  const command = () => ({ commandId: newId(), active: false })
  const [drawer] = (await setup.drawers()).filter(({ name }) => name === 'Window 3')
  const [item] = (await setup.catalog()).filter(({ code }) => code === 'DEMO')
  const bankAccount = {
    bankAccountId: newId(),
    name: 'Escrow of before',
    bankName: 'Prairie State Bank',
    routingNumber: '111000025',
    accountNumber: '7730094418',
    active: false,
  }
  if (!drawer || !item) throw new Error('The sample city has another set-up')
  await setup.saveDrawer({ commandId: newId(), before: drawer, drawer: { ...drawer, active: false } })
  await setup.saveCatalogItem({ commandId: newId(), before: item, item: { ...item, active: false } })
  await setup.saveBankAccount({ commandId: newId(), before: null, bankAccount })
  const { personId, name, role } = samplePerson('colleague')
  const before = { personId, name, role, active: true }
  await person.save({ ...command(), approval: approvalBy('supervisor'), before, personId, name, role })
  const hired = {
    personId: newId(),
    name: 'T. Baptiste',
    role: 'cashier' as const,
    active: true,
    newPin: '5836',
  }
  await savePerson(await clientOf(till, 'administrator'), hired)
  const { personId: guessed } = samplePerson('auditor')
  for (let tries = 0; tries < 10; tries += 1) {
    await till
      .screen()
      .client.person.signIn({ personId: guessed, pin: '8205' })
      .catch(() => undefined)
    till.clock.advance(61_000)
  }
}

/** A new drawer begins with less than is assigned to it, and is found with a coin more the next time. */
async function openingDay({ till }: LineTill): Promise<void> {
  const administrator = await clientOf(till, 'administrator')
  const name = 'Window 9'
  const amounts = { changeFundCents: CHANGE_FUND, limitCents: cents(250_000) }
  await saveDrawer(administrator, { drawerId: newId(), name, active: true, ...amounts })
  const client = await clientOf(till, 'cashier')
  for (const fund of [12_025, 12_050]) {
    await openDrawer(client, name, cents(fund))
    await countDrawer(client, cents(fund))
  }
}

/** Cash that is not there leaves the drawer in no way; a full drawer takes more once it is allowed to. */
async function limitDay({ till }: LineTill): Promise<void> {
  const { client } = await openDrawerOf(till, 'cashier', cents(250_000))
  await client.session.liftLimit({
    commandId: newId(),
    reason: 'A large payment',
    approval: approvalBy('lead'),
  })
  const { receiptId } = await pay(client, cents(250_000))
  const signed = { ownPin: approvalBy('cashier').pin, approval: approvalBy('lead') }
  const moved = (amount: number) => ({ pieces: piecesOf(cents(amount)), items: [] })
  const turnIn = (amount: number) =>
    client.movement.turnIn({ commandId: newId(), given: moved(amount), taken: moved(amount), ...signed })
  await turnIn(400_000)
  const out = { direction: 'out' as const, category: 'Petty cash', reason: 'Stamps', documentNumber: '' }
  const pieces = piecesOf(cents(200_000))
  const leaving = [
    () => turnIn(200_000),
    () =>
      client.movement.pay({
        ...{ commandId: newId(), ...out, cents: cents(200_000), pieces },
        approval: approvalBy('lead'),
      }),
    () => client.movement.exchange({ commandId: newId(), given: pieces, taken: pieces, ...signed }),
    () => client.receipt.void({ commandId: newId(), receiptId, reason: 'x', approval: approvalBy('lead') }),
  ]
  // One after the other: of many at once a PIN of the same person is not even looked at.
  for (const leave of leaving) await refused(leave(), 'CASH_NOT_IN_DRAWER')
  await countDrawer(client, cents(100_000))
}

async function safeDay({ till }: LineTill): Promise<void> {
  const lead = await clientOf(till, 'lead')
  const { cashCents } = await lead.safe.content()
  const coins = { valueCents: cents(100), kind: 'coin' as const, pieces: 4, bundles: 0 }
  const pieces = [...piecesOf(cents(cashCents + 10_000)), coins]
  await lead.safe.count({
    commandId: newId(),
    pieces,
    reason: 'Change from the bank',
    ownPin: approvalBy('lead').pin,
    approval: approvalBy('supervisor'),
  })
}

/** What no screen states: a release from the command line, a reading of accounts, and tills that go on elsewhere. */
function outOfTheOrdinary({ till }: LineTill): void {
  const { backend } = till
  const { personId } = samplePerson('cashier')
  for (const releasedBy of [null, samplePerson('administrator').personId])
    ownCommand(backend, 'till', 'person.release', tx =>
      tx.append('person.released', { personId, releasedBy }),
    )
  const enrolled = enrolmentOf(backend.ledger.reader)
  if (!enrolled) throw new Error('The till was enrolled')
  ownCommand(backend, 'till', 'sync.enrol', tx =>
    tx.append('till.enrolled', {
      ...{ address: enrolled.address, utilityName: enrolled.utilityName, approvedBy: null },
      tillKey: keyLine(tillKeyName(enrolled.tillId), enrolled.publicKey),
      centralKey: keyLine(centralKeyName(enrolled.utilityName), enrolled.centralKey),
    }),
  )
  const mark = backend.accounts.importMark()
  if (!mark) throw new Error('The sample city has accounts')
  const { accountCount, itemCount, asOfMs, asOfPosition, root } = mark
  const pullId = newId()
  ownCommand(backend, 'central', 'accounts.central', tx =>
    tx.append('account.pulled', {
      ...{ accountCount, itemCount, asOfMs, asOfPosition, root },
      pullId,
      address: 'https://billing.example',
      changedCount: 0,
    }),
  )
  ownCommand(backend, 'till', 'accounts.lost', tx => tx.append('account.import-lost', { importId: pullId }))
  for (const reason of ['restored', 'moved', 'put-back', 'fork'] as const)
    ownCommand(backend, 'till', 'till.continue', tx => {
      const { epoch, seq, hash } = backend.ledger.head
      tx.beginEpoch(epoch + 1, {
        follows: { epoch, seq, hash },
        reason,
        source: 'E:\\',
        knownBeyond: reason === 'restored' ? { epoch, seq: seq + 3 } : null,
        machineId: newId(),
        publicKey: tillNow(tx).public_key,
        personId: samplePerson('administrator').personId,
      })
    })
}

/** A till that has lived through all of it, and is closed. */
export async function everyFactTill(): Promise<LineTill> {
  const line = await openLineTill({ enrolled: false })
  const administrator = await clientOf(line.till, 'administrator')
  await administrator.sync.enrol({
    address: 'https://billing.example',
    code: 'GOOD-CODE-1',
    approval: approvalBy('supervisor'),
  })
  await liveDays(line.till, { seed: SEED, days: 6 })
  await counterDay(line)
  await openingDay(line)
  await limitDay(line)
  await safeDay(line)
  await letGo(line)
  outOfTheOrdinary(line)
  return line
}
