/** Pieces of a city's version that make room for each other. */
import { ORPCError } from '@orpc/contract'
import { expect, it } from 'vitest'
import { ownCommand } from '../../../electron/backend/request/pins.ts'
import { appendPieces, type CityPiece } from '../../../electron/backend/sync/city/city-pieces.ts'
import type { LeftOut } from '../../../shared/central/city.ts'
import { openTestTill } from '../../support/till.ts'

const COUNT = 200

it('where each of many makes room for the one before it, or behind it, none is tried more than twice', async () => {
  const till = await openTestTill()
  for (const step of [1, -1]) {
    const taken = new Set(Array.from({ length: COUNT }, (_, no) => no))
    let tries = 0
    const piece = (no: number): CityPiece => ({
      noun: 'catalog',
      name: String(no),
      differs: () => true,
      append() {
        tries += 1
        if (taken.has(no + step)) throw new ORPCError('CODE_TAKEN', { status: 422, defined: true })
        taken.delete(no)
        taken.add(no + step)
      },
    })
    const pieces = [...taken].map(piece)
    ownCommand(till.backend, 'central', 'city', tx => expect(appendPieces(tx, pieces)).toEqual([]))
    expect(tries).toBeLessThan(2 * COUNT)
  }
})

it('what cannot be stated is given in the order in which it was named', async () => {
  const till = await openTestTill()
  const refused = (name: string): CityPiece => ({
    noun: 'people',
    name,
    differs: () => true,
    append() {
      throw new ORPCError('CODE_TAKEN', { status: 422, defined: true })
    },
  })
  let left: LeftOut[] = []
  const stated: CityPiece = { ...refused('b'), append: () => undefined }
  ownCommand(till.backend, 'central', 'city', tx => {
    left = appendPieces(tx, [refused('a'), stated, refused('c'), refused('d')])
  })
  expect(left.map(({ name }) => name)).toEqual(['a', 'c', 'd'])
})
