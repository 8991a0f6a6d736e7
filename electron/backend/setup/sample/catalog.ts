import { namedId } from '../../../../db/accounts/named-id.ts'
import type { CatalogItem } from '../../../../shared/ledger/setup.ts'
import { cents } from '../../../../shared/money.ts'

type Row = Omit<CatalogItem, 'catalogItemId' | 'active'>
type Common = Pick<Row, 'code' | 'name' | 'glAccount'> & Partial<Pick<Row, 'referenceLabel' | 'isDeposit'>>

const OPEN_ENDED = {
  priceCents: null,
  rateMillionths: null,
  unitLabel: '',
  referenceLabel: null,
  isDeposit: false,
}

function fixed(common: Common, priceCents: number): Row {
  return { ...OPEN_ENDED, pricing: 'fixed', priceCents: cents(priceCents), ...common }
}

function perUnit(common: Common, priceCents: number, unitLabel: string): Row {
  return { ...OPEN_ENDED, pricing: 'per-unit', priceCents: cents(priceCents), unitLabel, ...common }
}

function percent(common: Common, rateMillionths: number, unitLabel: string): Row {
  return { ...OPEN_ENDED, pricing: 'percent', rateMillionths, unitLabel, ...common }
}

function open(common: Common): Row {
  return { ...OPEN_ENDED, pricing: 'open', ...common }
}

const PERMIT = { referenceLabel: 'Permit no.', glAccount: '110-3210' }
const METER = { referenceLabel: 'Meter no.', glAccount: '501-4210' }
const COPIES = { glAccount: '110-3410' }

const ROWS: readonly Row[] = [
  percent({ ...PERMIT, code: 'BLD-VAL', name: 'Building permit by valuation' }, 15_000, 'of job valuation'),
  percent({ ...PERMIT, code: 'PLAN-REV', name: 'Plan review' }, 650_000, 'of permit fee'),
  percent({ ...PERMIT, code: 'TECH-FEE', name: 'Permit technology surcharge' }, 25_000, 'of permit fee'),
  fixed({ ...PERMIT, code: 'DEMO', name: 'Demolition permit' }, 10_000),
  fixed({ ...PERMIT, code: 'EVC', name: 'EV charging permit' }, 10_000),
  fixed({ ...PERMIT, code: 'MECH', name: 'Mechanical permit' }, 10_000),
  fixed({ ...PERMIT, code: 'SIGN', name: 'Sign permit' }, 10_000),
  perUnit({ ...PERMIT, code: 'PLUMB', name: 'Plumbing permit' }, 850, 'fixture'),
  perUnit({ ...PERMIT, code: 'ELEC', name: 'Electrical permit' }, 425, 'circuit'),
  perUnit({ ...PERMIT, code: 'FENCE', name: 'Fence permit' }, 75, 'linear foot'),
  perUnit({ ...PERMIT, code: 'REINSP', name: 'Re-inspection' }, 6_500, 'visit'),
  fixed({ ...PERMIT, code: 'ROW', name: 'Right-of-way excavation permit' }, 17_500),
  fixed(
    { ...METER, code: 'HYD-DEP', name: 'Hydrant meter deposit', glAccount: '501-2310', isDeposit: true },
    150_000,
  ),
  perUnit({ ...METER, code: 'HYD-RENT', name: 'Hydrant meter rental' }, 5_500, 'month'),
  perUnit({ ...METER, code: 'HYD-USE', name: 'Hydrant water' }, 785, 'thousand gallons'),
  fixed({ ...METER, code: 'MTR-TEST', name: 'Meter test at customer request' }, 7_500),
  fixed({ ...METER, code: 'TAP-34', name: 'Water tap, three quarter inch' }, 145_000),
  fixed({ ...METER, code: 'TAP-1', name: 'Water tap, one inch' }, 187_500),
  fixed(
    { code: 'SVC-DEP', name: 'Service deposit, residential', glAccount: '501-2300', isDeposit: true },
    12_500,
  ),
  fixed({ code: 'RECON', name: 'Reconnection', glAccount: '501-4310' }, 4_500),
  fixed({ code: 'RECON-AH', name: 'Reconnection after hours', glAccount: '501-4310' }, 9_500),
  fixed(
    { code: 'NSF', name: 'Returned check fee', glAccount: '110-3620', referenceLabel: 'Check no.' },
    3_000,
  ),
  perUnit({ ...COPIES, code: 'COPY', name: 'Copies' }, 25, 'page'),
  perUnit({ ...COPIES, code: 'COPY-LG', name: 'Copies, large format' }, 350, 'sheet'),
  fixed({ ...COPIES, code: 'CERT', name: 'Certified copy' }, 1_000),
  perUnit({ code: 'BAG', name: 'Yard waste bags', glAccount: '503-4220' }, 250, 'bag'),
  perUnit({ code: 'CART', name: 'Additional trash cart', glAccount: '503-4210' }, 6_000, 'cart'),
  fixed({ code: 'BULK', name: 'Bulk item pickup', glAccount: '503-4230' }, 3_500),
  fixed({ code: 'DOG', name: 'Dog license', glAccount: '110-3240', referenceLabel: 'Tag no.' }, 1_200),
  open({ code: 'MISC', name: 'Miscellaneous receipt', glAccount: '110-3690', referenceLabel: 'What for' }),
]

/** What the sample city sells without an account; ids follow from the codes. */
export function sampleCatalog(): CatalogItem[] {
  return ROWS.map(row => ({ catalogItemId: namedId('catalog-item', row.code), ...row, active: true }))
}
