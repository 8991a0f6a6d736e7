/** The contract, implemented. Both doors serve this and nothing else. */

import { base } from './guard.ts'
import * as account from './operations/account.ts'
import * as basket from './operations/basket.ts'
import * as deposit from './operations/deposit.ts'
import { close, count, countSheet, difference } from './operations/drawer-close.ts'
import { open } from './operations/drawer-open.ts'
import { readX, readZ, sessions, xDocument, zDocument } from './operations/drawer-read.ts'
import { openSample, setUp } from './operations/first-run.ts'
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
import * as setup from './operations/setup.ts'
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
    waiting: deposit.waiting,
    makeUp: deposit.makeUp,
    verify: deposit.verify,
    list: deposit.list,
    get: deposit.get,
    document: deposit.document,
  },
  drawer: { open, countSheet, count, difference, close, readX, readZ, xDocument, zDocument, sessions },
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
