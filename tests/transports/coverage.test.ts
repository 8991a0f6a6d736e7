import { expect, it } from 'vitest'
import { operations } from './operations.ts'

it('every operation of the contract has a good case', () => {
  expect(operations.length).toBeGreaterThan(50)
  expect(operations.filter(({ scenario }) => !scenario?.ready).map(({ name }) => name)).toEqual([])
})

it('every refusal that an operation declares has a scenario', () => {
  const missing = operations.flatMap(({ name, ownCodes, scenario }) =>
    ownCodes.filter(code => !scenario?.refusals[code]).map(code => `${name}: ${code}`),
  )
  expect(missing).toEqual([])
})

it('no scenario is left over from a refusal that is declared no more', () => {
  const left = operations.flatMap(({ name, ownCodes, scenario }) =>
    Object.keys(scenario?.refusals ?? {})
      .filter(code => !ownCodes.includes(code))
      .map(code => `${name}: ${code}`),
  )
  expect(left).toEqual([])
})
