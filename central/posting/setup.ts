/** Where a till's money is booked, as its own settings and tender types say. */
import type { KindOf, PostedKind } from '../../shared/ledger/facts.ts'
import type { Settings } from '../../shared/settings/index.ts'
import type { SettingValue } from '../../shared/settings/setting.ts'
import type { GlAccounts } from './books/gl-rules.ts'
import type { Postings } from './posting-desk.ts'

/** Settings of a till that name a GL account which central books to. */
export const GL_SETTINGS = {
  overShortGlAccount: 'overShort',
} as const satisfies Partial<Record<keyof Settings, keyof GlAccounts>>

type GlName = (typeof GL_SETTINGS)[keyof typeof GL_SETTINGS]

const isGlSetting = (name: string): name is keyof typeof GL_SETTINGS => Object.hasOwn(GL_SETTINGS, name)

/** The GL accounts among some settings; what is no text is none. */
export function statedGl(values: readonly SettingValue[]): Partial<Record<GlName, string>> {
  const stated: Partial<Record<GlName, string>> = {}
  for (const { name, value } of values) {
    const account: unknown = isGlSetting(name) ? JSON.parse(value) : undefined
    if (isGlSetting(name) && typeof account === 'string') stated[GL_SETTINGS[name]] = account
  }
  return stated
}

export const setupPostings: Postings<KindOf<'setup'> & PostedKind> = {
  'tender.saved': ({ gl }, { body }) => {
    gl.tenders.set(body.tender, body.glAccount)
  },
  'settings.saved': ({ gl }, { body }) => {
    Object.assign(gl, statedGl(body.values))
  },
}
