import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { Link, useLocation, useParams } from 'wouter'
import type { AccountView } from '../../../shared/contract/account.ts'
import { formatCents } from '../../../shared/money.ts'
import { CASHIERS, EVERYONE } from '../../../shared/roles.ts'
import { formatBusinessDate, formatInstant, parseBusinessDate } from '../../../shared/time.ts'
import { orpc } from '../../client.ts'
import type { ScreenSpec } from '../../screen-spec.ts'
import { ACCOUNTS } from '../../text/account/accounts.ts'
import { WINDOW } from '../../text/receipt/window.ts'
import { balanceLabels } from '../../text/session/balance.ts'
import { usePerson, useTill } from '../../till.ts'
import { asOf } from '../../ui/as-of.ts'
import { Answer } from '../../ui/dialog/answer.tsx'
import type { KeyDeclaration } from '../../ui/keys/keys.ts'
import { BigFigure, Panel, Tag } from '../../ui/parts.tsx'
import { Screen } from '../../ui/screen.tsx'
import { FindBox } from '../find/find-box.tsx'
import { handOver } from '../find/to-window.ts'
import { useFind } from '../find/use-find.ts'
import './account.css'

function Tags({ account }: { account: AccountView }) {
  return (
    <>
      {account.status === 'closed' && <Tag tone="bad">{WINDOW.closed}</Tag>}
      {account.pastDue && <Tag tone="warn">{WINDOW.pastDue}</Tag>}
      {account.cashOnly && <Tag tone="warn">{WINDOW.cashOnly}</Tag>}
    </>
  )
}

function Items({ account }: { account: AccountView }) {
  const { businessDate } = useTill()
  if (account.items.length === 0) return <p className="muted">{ACCOUNTS.noItems}</p>
  return (
    <table className="list">
      <thead>
        <tr>
          <th scope="col">{ACCOUNTS.due}</th>
          <th scope="col">{ACCOUNTS.service}</th>
          <th scope="col">{ACCOUNTS.gl}</th>
          <th scope="col" className="number">
            {ACCOUNTS.open}
          </th>
        </tr>
      </thead>
      <tbody>
        {account.items.map(item => {
          const due = parseBusinessDate(item.dueDate)
          const late = item.dueDate < businessDate
          return (
            <tr key={item.itemId}>
              <td>
                {due === null ? item.dueDate : formatBusinessDate(due, 'short')}{' '}
                {late && <Tag tone="bad">{WINDOW.overdue}</Tag>}
              </td>
              <td className="service">{item.service}</td>
              <td>{item.glAccount}</td>
              <td className="number">{formatCents(item.openCents)}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function History({ accountId }: { accountId: string }) {
  const { timeZone } = useTill()
  const asked = useQuery(orpc.account.history.queryOptions({ input: { accountId } }))
  return (
    <Answer asked={asked}>
      {receipts =>
        receipts.length === 0 ? (
          <p className="muted">{ACCOUNTS.noHistory}</p>
        ) : (
          <table className="list">
            <thead>
              <tr>
                <th scope="col">{ACCOUNTS.receipt}</th>
                <th scope="col">{ACCOUNTS.when}</th>
                <th scope="col" className="number">
                  {ACCOUNTS.before}
                </th>
                <th scope="col" className="number">
                  {ACCOUNTS.paid}
                </th>
              </tr>
            </thead>
            <tbody>
              {receipts.map(r => (
                <tr key={r.receiptId}>
                  <td>
                    <Link href={`/receipts/${r.receiptId}`}>{r.number}</Link>{' '}
                    {r.voided && <Tag tone="bad">Void</Tag>}
                  </td>
                  <td>{formatInstant(r.postedAtMs, timeZone, 'date-time')}</td>
                  <td className="number">{balanceLabels(r.balanceBeforeCents)}</td>
                  <td className="number">{formatCents(r.cents)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )
      }
    </Answer>
  )
}

function AccountDetails({ account }: { account: AccountView }) {
  const { nowMs, timeZone } = useTill()
  return (
    <div className="account">
      <Panel className="stack">
        <h2>
          {account.name} <Tags account={account} />
        </h2>
        <p>
          {account.number} · {account.address}
        </p>
        {account.phones.length > 0 && (
          <p className="muted">
            {ACCOUNTS.phones} {account.phones.join(', ')}
          </p>
        )}
        {account.note !== '' && (
          <p className="muted">
            {ACCOUNTS.note}: {account.note}
          </p>
        )}
        <BigFigure label={ACCOUNTS.balance} value={balanceLabels(account.balanceCents)} />
        <p className="muted small">{ACCOUNTS.asOf(asOf(account.asOfMs, nowMs, timeZone))}</p>
        <div className="between">
          <span>{ACCOUNTS.central}</span>
          <b>{balanceLabels(account.centralBalanceCents)}</b>
        </div>
        <div className="between">
          <span>{ACCOUNTS.pending}</span>
          <b>{formatCents(account.pendingCents)}</b>
        </div>
      </Panel>
      <div className="stack">
        <Panel title={ACCOUNTS.items}>
          <Items account={account} />
        </Panel>
        <Panel title={ACCOUNTS.history}>
          <History accountId={account.accountId} />
        </Panel>
      </div>
    </div>
  )
}

/** Lays the account down for the Window, to be paid there. */
function payAtWindow(account: AccountView): void {
  handOver({
    kind: 'account',
    accountId: account.accountId,
    number: account.number,
    name: account.name,
    address: account.address,
    balanceCents: account.balanceCents,
    closed: account.status === 'closed',
    cashOnly: account.cashOnly,
    scannedCents: null,
  })
}

/** One account: what it owes as of when, its items, what is pending, and its receipts. */
function AccountScreen() {
  const { accountId } = useParams<{ accountId?: string }>()
  const [, go] = useLocation()
  const { role } = usePerson()
  const { session } = useTill()
  const box = useRef<HTMLInputElement>(null)
  const find = useFind({
    onTake: found => {
      if (found.kind === 'account') go(`/accounts/${found.accountId}`)
      else if (found.kind === 'receipt') go(`/receipts/${found.receiptId}`)
    },
  })
  const asked = useQuery(
    orpc.account.get.queryOptions({
      input: { accountId: accountId ?? '' },
      enabled: accountId !== undefined,
    }),
  )
  const account = accountId === undefined ? undefined : asked.data
  const pay: KeyDeclaration = {
    key: 'F2',
    label: ACCOUNTS.pay,
    disabled: account === undefined || session?.state !== 'open' || account.status === 'closed',
    run: () => {
      if (account !== undefined) payAtWindow(account)
      go('/')
    },
  }
  const toFind = () => box.current?.focus()
  const finding = find.text.trim() !== ''
  return (
    <Screen
      title={ACCOUNTS.title}
      keys={[
        ...(CASHIERS.includes(role) ? [pay] : []),
        { key: 'Escape', label: ACCOUNTS.find, run: finding ? find.clear : toFind, quiet: true },
      ]}
    >
      <div className="stack">
        <Panel bare>
          <FindBox find={find} label={ACCOUNTS.find} ref={box} />
        </Panel>
        {!finding && accountId === undefined && <p className="muted">{ACCOUNTS.choose}</p>}
        {!finding && accountId !== undefined && (
          <Answer asked={asked}>{view => <AccountDetails account={view} />}</Answer>
        )}
      </div>
    </Screen>
  )
}

export const screen: ScreenSpec = {
  path: '/accounts/:accountId?',
  title: 'Accounts',
  key: 'A',
  place: 30,
  roles: EVERYONE,
  component: AccountScreen,
}
