/** The contract, implemented. Both doors serve this and nothing else. */

import { base } from './guard.ts'
import * as account from './operations/account.ts'
import * as basket from './operations/basket.ts'
import {
  credit,
  handOver,
  reopen,
  seal,
  validate,
  verify as verifyDeposit,
} from './operations/deposit-custody.ts'
import { makeUp, waiting } from './operations/deposit-make-up.ts'
import {
  document as depositDocument,
  get as getDeposit,
  list as listDeposits,
} from './operations/deposit-read.ts'
import { close, count, countSheet, difference } from './operations/drawer-close.ts'
import { open } from './operations/drawer-open.ts'
import { readX, readZ, sessions, xDocument, zDocument } from './operations/drawer-read.ts'
import { openSample, setUp } from './operations/first-run.ts'
import { exchange } from './operations/movement-exchange.ts'
import { pay } from './operations/movement-pay.ts'
import * as movement from './operations/movement-read.ts'
import { turnIn } from './operations/movement-turn-in.ts'
import { noSale } from './operations/no-sale.ts'
import * as person from './operations/person.ts'
import { release, save as savePerson } from './operations/person-admin.ts'
import { post } from './operations/receipt-post.ts'
import {
  find as findReceipts,
  get as getReceipt,
  identifyCheck,
  print,
  document as receiptDocument,
} from './operations/receipt-read.ts'
import { voidReceipt } from './operations/receipt-void.ts'
import * as report from './operations/report.ts'
import { count as countSafe, content as safeContent } from './operations/safe.ts'
import { closeAbsent } from './operations/session-absent.ts'
import { board } from './operations/session-board.ts'
import { changeAdvice } from './operations/session-change-advice.ts'
import { explain } from './operations/session-explain.ts'
import { handOver as handOverDrawer, takers } from './operations/session-hand-over.ts'
import { surpriseCount, surpriseSheet } from './operations/session-surprise.ts'
import * as setup from './operations/setup.ts'
import * as sync from './operations/sync.ts'
import { checks, session as sessionAtCentral } from './operations/sync-checks.ts'
import { changes, journal, state, verify } from './operations/till.ts'

export const router = base.router({
  account: {
    find: account.find,
    get: account.get,
    history: account.history,
    previewImport: account.previewImport,
    runImport: account.runImport,
    badRows: account.badRows,
  },
  basket: {
    current: basket.current,
    save: basket.save,
    discard: basket.discard,
    suspend: basket.suspend,
    suspended: basket.suspended,
    resume: basket.resume,
  },
  deposit: {
    waiting,
    makeUp,
    verify: verifyDeposit,
    seal,
    handOver,
    validate,
    credit,
    reopen,
    list: listDeposits,
    get: getDeposit,
    document: depositDocument,
  },
  drawer: { open, countSheet, count, difference, close, readX, readZ, xDocument, zDocument, sessions },
  movement: {
    sheet: movement.sheet,
    turnIn,
    pay,
    exchange,
    noSale,
    list: movement.list,
    get: movement.get,
    document: movement.document,
  },
  person: {
    names: person.names,
    signIn: person.signIn,
    signOut: person.signOut,
    lock: person.lock,
    unlock: person.unlock,
    approvers: person.approvers,
    list: person.list,
    save: savePerson,
    changePin: person.changePin,
    release,
  },
  receipt: {
    post,
    void: voidReceipt,
    get: getReceipt,
    find: findReceipts,
    print,
    document: receiptDocument,
    identifyCheck,
  },
  report: { run: report.run, file: report.file, overShort: report.overShort },
  safe: { content: safeContent, count: countSafe },
  session: {
    board,
    takers,
    handOver: handOverDrawer,
    surpriseSheet,
    surpriseCount,
    closeAbsent,
    explain,
    changeAdvice,
  },
  setup: {
    drawers: setup.drawers,
    saveDrawer: setup.saveDrawer,
    catalog: setup.catalog,
    saveCatalogItem: setup.saveCatalogItem,
    tenders: setup.tenders,
    saveTender: setup.saveTender,
    bankAccounts: setup.bankAccounts,
    saveBankAccount: setup.saveBankAccount,
  },
  sync: {
    status: sync.status,
    exceptions: sync.exceptions,
    checks,
    session: sessionAtCentral,
    tryNow: sync.tryNow,
    enrol: sync.enrol,
  },
  till: {
    state,
    changes,
    setUp,
    openSample,
    settings: setup.settings,
    saveSettings: setup.saveSettings,
    journal,
    verify,
  },
})
export type Router = typeof router
