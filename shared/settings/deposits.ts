/** Whose bank account gets which money, and by when. */
import { z } from 'zod'
import { amountField, businessDateField, glAccountField, idField } from '../fields.ts'
import { cents, formatCents } from '../money.ts'
import { RULE_TEXTS } from '../rules/setup/setup-texts.ts'
import { formatBusinessDate, weekdayName } from '../time.ts'
import { setting } from './setting.ts'

const bankRuleField = z.strictObject({ glPrefix: glAccountField, bankAccountId: idField })
type BankRule = z.infer<typeof bankRuleField>

const deadlineField = z.strictObject({
  /** Business days after the business date: 0 is the same day, 1 the next. */
  businessDays: z.int().min(0).max(10),
  /** Above this many cents the money goes to the bank on the same day; null for no such rule. */
  sameDayFromCents: amountField.nullable(),
  /** Minutes after midnight, local time, at which the bank's day ends. */
  cutOffMinutes: z.int().min(0).max(1_439),
  /** Days of the week on which the bank takes deposits, 0 for Sunday. */
  weekdays: z.array(z.int().min(0).max(6)).min(1).max(7),
  holidays: z.array(businessDateField).max(100),
})

type Deadline = z.infer<typeof deadlineField>

function sayDeadline({
  businessDays,
  sameDayFromCents,
  cutOffMinutes,
  weekdays,
  holidays,
}: Deadline): string {
  const end = `${Math.trunc(cutOffMinutes / 60)}:${String(cutOffMinutes % 60).padStart(2, '0')}`
  return [
    businessDays === 1 ? '1 business day' : `${businessDays} business days`,
    sameDayFromCents === null ? 'no same-day rule' : `same day above ${formatCents(sameDayFromCents)}`,
    `the bank’s day ends at ${end}`,
    `on ${weekdays.map(day => weekdayName(day)).join(' ')}`,
    ...holidays.map(day => `holiday ${formatBusinessDate(day, 'short')}`),
  ].join(', ')
}

export const depositSettings = {
  /** Which bank account gets the money of a GL account: the longest prefix that fits. */
  bankRules: setting<BankRule[]>({
    said: {
      label: 'Bank accounts by GL prefix',
      say: (rules, nameOf) =>
        rules.map(({ glPrefix, bankAccountId }) => `${glPrefix} to ${nameOf(bankAccountId)}`).join(', '),
    },
    field: z.array(bankRuleField).max(100),
    standard: [],
    tidy: (rules, tidy) =>
      rules.map(rule => ({ ...rule, glPrefix: tidy('glPrefix', rule.glPrefix, RULE_TEXTS.glPrefix) })),
  }),
  /** The bank account of everything else; null takes the first that is active. */
  defaultBankAccountId: setting<string | null>({
    field: idField.nullable(),
    standard: null,
    said: {
      label: 'Everything else goes to',
      say: (id, nameOf) => (id === null ? 'the first bank account in use' : nameOf(id)),
    },
  }),
  deadline: setting<Deadline>({
    field: deadlineField,
    said: { label: 'Deposit deadline', say: sayDeadline },
    standard: {
      businessDays: 1,
      sameDayFromCents: cents(100_000),
      cutOffMinutes: 14 * 60,
      weekdays: [1, 2, 3, 4, 5],
      holidays: [],
    },
  }),
}
