/** The first run: a city's own till, or the sample city. */
import { ORPCError } from '@orpc/contract'
import { accountsFileIn } from '../../../db/accounts/open.ts'
import { LedgerUnavailable } from '../../../db/file/problem.ts'
import { tillOf } from '../../../db/queries/till.ts'
import { commandHash } from '../../../shared/ledger/chain.ts'
import type { CatalogItem } from '../../../shared/ledger/setup.ts'
import { JOURNAL_FORMAT } from '../../../shared/ledger/till.ts'
import { isRoutingNumber } from '../../../shared/rules/deposit/aba.ts'
import { checkPin } from '../../../shared/rules/person/pin.ts'
import { type Settings, settingValues, standardSettings } from '../../../shared/settings/index.ts'
import { standardTenders } from '../../../shared/tenders.ts'
import { businessDateOf } from '../../../shared/time.ts'
import { appendImport } from '../account/index.ts'
import type { Backend } from '../backend.ts'
import { TILL_ACTOR } from '../request/actors.ts'
import { looksAlike } from '../request/alike.ts'
import { os } from '../request/guard.ts'
import { makeCredential } from '../request/pins.ts'
import { checkedBankAccount, checkedSettings, knowsItsBanks } from '../request/setup-checks.ts'
import { normalizedText } from '../request/texts.ts'
import { eventsOf } from '../runtime/events.ts'
import { KeyUnavailable, ownSigner } from '../runtime/signing-key.ts'
import { checkKeyDigest } from '../runtime/till-key.ts'
import { sampleCatalog } from './sample/catalog.ts'
import { sampleCity, samplePeople } from './sample/city.ts'

/** Makes, or reads, the key with which this till signs; refuses what the contract says of one that cannot be used. */
async function publicKeyOf(backend: Backend): Promise<string> {
  const { keys } = backend.sync
  try {
    return (await ownSigner(keys)).publicKey
  } catch (error) {
    if (!(error instanceof KeyUnavailable)) throw error
    const data = { problem: error.problem, place: keys.place }
    throw new ORPCError('KEY_NOT_USABLE', { status: 422, data, defined: true })
  }
}

/** Tills that are being set up now: a city and the sample must not be made in the same folder. */
const beingSetUp = new WeakSet<Backend>()

/** Sets a till up while nobody else does. Refuses what `taken` says where it is set up, or somebody is at it. */
async function aloneAt<T>(backend: Backend, taken: () => Error, work: () => Promise<T>): Promise<T> {
  if (tillOf(backend.ledger.reader) || beingSetUp.has(backend)) throw taken()
  beingSetUp.add(backend)
  try {
    return await work()
  } finally {
    beingSetUp.delete(backend)
  }
}

export const setUp = os.setup.setUp.handler(async ({ input, context, errors }) => {
  const { backend } = context
  const { administrator, bankAccount } = input
  const allowed = checkPin(administrator.pin)
  if (!allowed.ok) throw errors.PIN_NOT_ALLOWED({ data: { reason: allowed.reason } })
  if (!isRoutingNumber(bankAccount.routingNumber)) throw errors.ROUTING_NUMBER_WRONG()
  const settings = checkedSettings(input.settings)
  const bank = checkedBankAccount(bankAccount)
  if (!knowsItsBanks(settings, [bank])) throw errors.UNKNOWN_BANK_ACCOUNT()
  const name = normalizedText('name', administrator.name, { maxLength: 80, required: true })
  const drawers = input.drawers.map(drawer => ({
    ...drawer,
    name: normalizedText('drawer', drawer.name, { maxLength: 80, required: true }),
  }))
  const isTwice = drawers.some((one, at) =>
    drawers.slice(0, at).some(other => looksAlike(other.name, one.name)),
  )
  if (isTwice) throw errors.NAME_TAKEN()
  const credential = await makeCredential(administrator.personId, administrator.pin)
  const hash = commandHash('setup.setUp', input)
  const recorded = backend.ledger.recorded(input.commandId)
  if (recorded?.commandHash === hash) return {}
  return aloneAt(backend, errors.ALREADY_SET_UP, async () => {
    refuseLeftAccounts(backend)
    const publicKey = await publicKeyOf(backend)
    const at = backend.clock()
    const businessDate = businessDateOf(at, settings.timeZone)
    backend.ledger.write(
      { commandId: input.commandId, commandHash: hash, actorId: TILL_ACTOR, at, businessDate },
      tx => {
        tx.append('till.set-up', { code: input.code, sample: false, format: JOURNAL_FORMAT, publicKey })
        tx.append('till.check-key-made', { digest: checkKeyDigest(backend.tillKey) })
        tx.append('settings.saved', { values: settingValues(settings) })
        for (const type of standardTenders()) tx.append('tender.saved', type)
        for (const drawer of drawers) tx.append('drawer.saved', drawer)
        tx.append('bank-account.saved', bank)
        tx.append('person.saved', {
          personId: administrator.personId,
          name,
          role: 'administrator',
          active: true,
          approvedBy: null,
        })
        tx.setCredential(credential)
      },
    )
    return {}
  })
})

/** Of a sample city that could not be finished: the next start takes its accounts away. */
function refuseLeftAccounts({ accounts, dataDir }: Backend): void {
  if (accounts.importMark() === null) return
  const detail = `${accountsFileIn(dataDir)} still holds accounts of the sample city. Close Tillproof and start it again`
  throw new LedgerUnavailable('accounts', detail)
}

const SAMPLE_SEED = 20_261_121

export const openSample = os.setup.openSample.handler(({ input, context, errors, signal }) => {
  const { backend } = context
  if (tillOf(backend.ledger.reader) || beingSetUp.has(backend)) throw errors.ALREADY_SET_UP()
  return eventsOf(onProgress =>
    aloneAt(backend, errors.ALREADY_SET_UP, () =>
      makeSampleTill(backend, input.accounts, { onProgress, signal }),
    ),
  )
})

/** The sample city whole: accounts first, so that a cancelled start leaves a first run, then everything else at once. */
export async function makeSampleTill(
  backend: Backend,
  accounts: number,
  options: Parameters<Backend['jobs']['runLong']>[2],
): Promise<void> {
  const city = sampleCity()
  const at = backend.clock()
  const today = businessDateOf(at, city.timeZone)
  const importId = backend.newId()
  const { dataDir } = backend
  const people = await Promise.all(
    samplePeople().map(async person => ({
      person,
      credential: await makeCredential(person.personId, person.pin),
    })),
  )
  const publicKey = await publicKeyOf(backend)
  const { mark } = await backend.jobs.runLong(
    'sample-accounts',
    { importId, accounts, seed: SAMPLE_SEED, today, dataDir, atMs: at },
    options,
  )
  const commandId = backend.newId()
  const hash = commandHash('setup.openSample', { accounts })
  backend.ledger.write({ commandId, commandHash: hash, actorId: TILL_ACTOR, at, businessDate: today }, tx => {
    tx.append('till.set-up', { code: city.tillCode, sample: true, format: JOURNAL_FORMAT, publicKey })
    tx.append('till.check-key-made', { digest: checkKeyDigest(backend.tillKey) })
    tx.append('settings.saved', { values: settingValues(checkedSettings(sampleSettings())) })
    for (const type of standardTenders()) tx.append('tender.saved', type)
    for (const drawer of city.drawers) tx.append('drawer.saved', drawer)
    for (const bankAccount of city.bankAccounts) tx.append('bank-account.saved', bankAccount)
    for (const item of sampleCatalog()) tx.append('catalog.saved', catalogItem(item))
    for (const { person, credential } of people) {
      const { personId, name, role } = person
      tx.append('person.saved', { personId, name, role, active: true, approvedBy: null })
      tx.setCredential(credential)
    }
    if (mark) appendImport(tx, mark)
  })
}

function catalogItem(item: ReturnType<typeof sampleCatalog>[number]): CatalogItem {
  return { ...item, active: true }
}

/** Settings of the sample city: what a new city begins with, and its own name, address, texts and bills. */
export function sampleSettings(): Settings {
  const { utilityName, addressLines, phone, timeZone, receiptTexts, scanTemplates } = sampleCity()
  return { ...standardSettings(), utilityName, addressLines, phone, timeZone, receiptTexts, scanTemplates }
}
