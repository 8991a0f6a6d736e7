/** Facts about the city, its people and what it sells. */
import { canonical } from './canonical.ts'
import type { RowChange } from './change.ts'
import type { Fact } from './facts.ts'
import type { AccountImportRow } from './tables.ts'

const flag = (value: boolean): number => (value ? 1 : 0)

export const projectSetup = {
  /** Who is told what is in the journal is no row of the ledger. */
  'till.enrolled': (): RowChange[] => [],

  'till.set-up': (fact: Fact<'till.set-up'>): RowChange[] => [
    {
      op: 'insert',
      table: 'till',
      row: {
        till_id: fact.tillId,
        code: fact.body.code,
        epoch: fact.epoch,
        sample: flag(fact.body.sample),
        set_up_at: fact.at,
        last_receipt_no: 0,
        last_session_no: 0,
        last_z_no: 0,
        last_deposit_no: 0,
        last_movement_no: 0,
      },
    },
  ],

  'settings.saved': (fact: Fact<'settings.saved'>): RowChange[] => [
    {
      op: 'save',
      table: 'setting',
      key: ['name'],
      row: { name: 'city', value: canonical(fact.body) },
      update: ['value'],
    },
  ],

  'person.saved': ({ body }: Fact<'person.saved'>): RowChange[] => [
    {
      op: 'save',
      table: 'person',
      key: ['person_id'],
      row: {
        person_id: body.personId,
        name: body.name,
        role: body.role,
        active: flag(body.active),
        credential_digest: '',
        failed_count: 0,
        last_failed_at: 0,
        locked_out: 0,
      },
      update: ['name', 'role', 'active'],
    },
  ],

  'person.pin-set': ({ body }: Fact<'person.pin-set'>): RowChange[] => [
    {
      op: 'update',
      table: 'person',
      key: { person_id: body.personId },
      set: { credential_digest: body.credentialDigest, failed_count: 0, last_failed_at: 0, locked_out: 0 },
    },
  ],

  'person.signed-in': ({ body }: Fact<'person.signed-in'>): RowChange[] => [
    {
      op: 'update',
      table: 'person',
      key: { person_id: body.personId },
      set: { failed_count: 0, last_failed_at: 0 },
    },
  ],

  'person.signed-out': (): RowChange[] => [],

  'person.pin-accepted': ({ body }: Fact<'person.pin-accepted'>): RowChange[] => [
    {
      op: 'update',
      table: 'person',
      key: { person_id: body.personId },
      set: { failed_count: 0, last_failed_at: 0 },
    },
  ],

  'person.pin-failed': (fact: Fact<'person.pin-failed'>): RowChange[] => [
    {
      op: 'update',
      table: 'person',
      key: { person_id: fact.body.personId },
      set: {
        failed_count: fact.body.failedCount,
        last_failed_at: fact.at,
        locked_out: flag(fact.body.lockedOut),
      },
    },
  ],

  'person.released': ({ body }: Fact<'person.released'>): RowChange[] => [
    {
      op: 'update',
      table: 'person',
      key: { person_id: body.personId },
      set: { failed_count: 0, last_failed_at: 0, locked_out: 0 },
    },
  ],

  'drawer.saved': ({ body }: Fact<'drawer.saved'>): RowChange[] => [
    {
      op: 'save',
      table: 'drawer',
      key: ['drawer_id'],
      row: {
        drawer_id: body.drawerId,
        name: body.name,
        active: flag(body.active),
        float_cents: body.floatCents,
        limit_cents: body.limitCents,
      },
      update: ['name', 'active', 'float_cents', 'limit_cents'],
    },
  ],

  'catalog.saved': ({ body }: Fact<'catalog.saved'>): RowChange[] => [
    {
      op: 'save',
      table: 'catalog_item',
      key: ['catalog_item_id'],
      row: {
        catalog_item_id: body.catalogItemId,
        code: body.code,
        name: body.name,
        pricing: body.pricing,
        price_cents: body.priceCents,
        rate_millionths: body.rateMillionths,
        unit_label: body.unitLabel,
        gl_account: body.glAccount,
        reference_label: body.referenceLabel,
        is_deposit: flag(body.isDeposit),
        active: flag(body.active),
      },
      update: [
        'code',
        'name',
        'pricing',
        'price_cents',
        'rate_millionths',
        'unit_label',
        'gl_account',
        'reference_label',
        'is_deposit',
        'active',
      ],
    },
  ],

  'tender.saved': ({ body }: Fact<'tender.saved'>): RowChange[] => [
    {
      op: 'save',
      table: 'tender_type',
      key: ['tender'],
      row: {
        tender: body.tender,
        name: body.name,
        active: flag(body.active),
        opens_drawer: flag(body.opensDrawer),
        change_allowed: flag(body.changeAllowed),
        reference_required: flag(body.referenceRequired),
        counted: body.counted,
        banked: flag(body.banked),
        gl_account: body.glAccount,
        sort: body.sort,
      },
      update: [
        'name',
        'active',
        'opens_drawer',
        'change_allowed',
        'reference_required',
        'counted',
        'banked',
        'gl_account',
        'sort',
      ],
    },
  ],

  'bank-account.saved': ({ body }: Fact<'bank-account.saved'>): RowChange[] => [
    {
      op: 'save',
      table: 'bank_account',
      key: ['bank_account_id'],
      row: {
        bank_account_id: body.bankAccountId,
        name: body.name,
        bank_name: body.bankName,
        routing_number: body.routingNumber,
        account_number: body.accountNumber,
        active: flag(body.active),
      },
      update: ['name', 'bank_name', 'routing_number', 'account_number', 'active'],
    },
  ],

  'accounts.imported': (fact: Fact<'accounts.imported'>): RowChange[] => {
    const { importId, fileName, fileSha256, badRowCount } = fact.body
    return [
      statedAccounts(fact, {
        import_id: importId,
        source: 'file',
        source_name: fileName,
        file_sha256: fileSha256,
        bad_row_count: badRowCount,
      }),
    ]
  },

  'accounts.pulled': (fact: Fact<'accounts.pulled'>): RowChange[] => {
    const { pullId, address } = fact.body
    return [
      statedAccounts(fact, {
        import_id: pullId,
        source: 'central',
        source_name: address,
        file_sha256: '',
        bad_row_count: 0,
      }),
    ]
  },
}

/** What an import and a pull say alike: what all accounts come to now. */
function statedAccounts(
  { epoch, seq, at, body }: Fact<'accounts.imported' | 'accounts.pulled'>,
  source: Pick<AccountImportRow, 'import_id' | 'source' | 'source_name' | 'file_sha256' | 'bad_row_count'>,
): RowChange {
  return {
    op: 'insert',
    table: 'account_import',
    row: {
      ...source,
      epoch,
      seq,
      at,
      account_count: body.accountCount,
      item_count: body.itemCount,
      as_of_ms: body.asOfMs,
      through_epoch: body.through.epoch,
      through_seq: body.through.seq,
      root: body.root,
    },
  }
}
