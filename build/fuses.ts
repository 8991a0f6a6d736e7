/** The switches that are burnt into the program, all that the packager knows and none left as Electron has it. */
import { type FuseConfig, FuseV1Options, FuseVersion } from '@electron/fuses'
import type { FuseOptionsV1 } from 'app-builder-lib'

type FuseName = keyof typeof FuseV1Options

/** As `electron-builder.yml` names them: the enumeration's names with a small first letter. */
export const FUSES: readonly { name: string; option: FuseV1Options }[] = Object.keys(FuseV1Options)
  .filter((name): name is FuseName => !/^\d/.test(name))
  .map(name => ({ name: name.charAt(0).toLowerCase() + name.slice(1), option: FuseV1Options[name] }))

/** Refuses a switch that nobody set, and makes the packager refuse a program that has more of them. */
export function strictFuses(set: FuseOptionsV1): FuseConfig {
  const given = new Map<string, unknown>(Object.entries(set))
  const states = FUSES.map(({ name, option }) => {
    const state = given.get(name)
    if (typeof state !== 'boolean') throw new Error(`electronFuses in electron-builder.yml sets no ${name}`)
    return [option, state] as const
  })
  return {
    version: FuseVersion.V1,
    strictlyRequireAllFuses: true,
    ...(Object.fromEntries(states) as Record<FuseV1Options, boolean>),
  }
}

/** Where the switches begin in Electron's program (electron/fuses, constants): a mark, the version, how many, and each. */
export const fuseWire = (count: number): Buffer =>
  Buffer.concat([
    Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
    Buffer.from([1, count]),
    Buffer.from('1'.repeat(count)),
  ])
