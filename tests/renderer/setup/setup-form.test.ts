import { describe, expect, it } from 'vitest'
import {
  drawerField,
  newDrawer,
  newSetup,
  problemOfStep,
  type SetupForm,
  STEPS,
  toSetUpInput,
} from '../../../renderer/features/setup/first-run/setup-form.ts'
import { contract } from '../../../shared/contract/index.ts'
import { newId } from '../../../shared/id.ts'
import { US_DENOMINATIONS } from '../../../shared/rules/cash/denominations.ts'

const ids = { bankAccountId: newId(), drawerId: newId(), personId: newId() }
const begun = newSetup(ids, 'America/Chicago')
const complete: SetupForm = {
  ...begun,
  utilityName: ' City of Millbrook Utilities ',
  bank: { ...begun.bank, bankName: 'First Bank', routingNumber: '111000025', accountNumber: '4400172251' },
  administrator: { ...begun.administrator, name: 'Ada', pin: '90471', pinAgain: '90471' },
}

describe('the wizard', () => {
  it('begins with answers that suit most cities', () => {
    expect(begun).toMatchObject({ code: 'W1', timeZone: 'America/Chicago' })
    expect(begun.drawers).toHaveLength(1)
    expect(STEPS.filter(step => problemOfStep(step, begun) === null)).toEqual([
      'receipt',
      'drawers',
      'money',
      'bills',
    ])
  })

  it.each(['UTC', 'Nowhere/AtAll', ''])('takes no city to lie in %s', zone => {
    expect(newSetup(ids, zone).timeZone).toBe('America/New_York')
  })

  it.each([
    ['utility', 'utilityName', { utilityName: ' ' }],
    ['utility', 'code', { code: 'w 1' }],
    ['utility', 'timeZone', { timeZone: '+02:00' }],
    ['receipt', 'textEs', { textEs: '1\n2\n3\n4\n5\n6\n7' }],
    ['bank', 'routingNumber', { bank: { ...complete.bank, routingNumber: '123456789' } }],
    ['drawers', drawerField(1, 'name'), { drawers: [newDrawer(newId(), 1), newDrawer(newId(), 1)] }],
    ['money', 'denominations', { denominations: [] }],
    ['bills', 'accountTo', { scansBills: true, bill: { ...complete.bill, accountTo: '0' } }],
    ['administrator', 'pin', { administrator: { ...complete.administrator, pin: '1111' } }],
    ['administrator', 'pinAgain', { administrator: { ...complete.administrator, pinAgain: '90472' } }],
  ] as const)('stays at the step %s until %s is right', (step, field, patch) => {
    expect(problemOfStep(step, complete)).toBeNull()
    expect(problemOfStep(step, { ...complete, ...patch })?.field).toBe(field)
  })

  it('keeps the bill that was set up only where bills are scanned', () => {
    const scanning = toSetUpInput({ ...complete, scansBills: true }, newId())
    expect(scanning.settings.scanTemplates).toMatchObject([
      { name: 'Utility bill', length: 20, account: { start: 0, end: 9 } },
    ])
  })

  it('comes to a command that the contract takes', () => {
    expect(STEPS.map(step => problemOfStep(step, complete))).toEqual(STEPS.map(() => null))
    const input = toSetUpInput(complete, newId())
    expect(contract.setup.setUp['~orpc'].inputSchema?.['~standard'].validate(input)).toMatchObject({
      value: { settings: { utilityName: 'City of Millbrook Utilities' }, code: 'W1' },
    })
    expect(input.settings.denominations).toEqual(US_DENOMINATIONS)
    expect(input.settings.scanTemplates).toEqual([])
    expect(input.drawers).toEqual([
      {
        drawerId: ids.drawerId,
        name: 'Drawer 1',
        active: true,
        changeFundCents: 20_000,
        limitCents: 250_000,
      },
    ])
  })
})
