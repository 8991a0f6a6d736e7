/** A sum that must hold in the tables whatever the projections say. */
export interface SumCheck {
  /** What is wrong with each row that the query finds; a query that gives figures says it itself, as `problem`. */
  problem?: string
  /** Gives the `place` of each row for which the sum does not hold, in the words of an auditor. */
  sql: string
}

/**
 * Pieces of money in a table: what they come to is their number and the pieces of each bundle, whose size is the city's,
 * times what one is worth.
 */
export function piecesCheck(table: string, place: string): SumCheck {
  return {
    problem: 'is not what its pieces are worth',
    sql: `
SELECT ${place} AS place FROM ${table} p
WHERE CASE bundles WHEN 0 THEN cents <> value_cents * pieces
  ELSE cents <= value_cents * pieces OR (cents - value_cents * pieces) % (value_cents * bundles) <> 0 END`,
  }
}

/** The letters of an epoch after the first: one, and two from the twenty-seventh on. */
const LETTERS = [...'BCDEFGHIJKLMNOPQRSTUVWXYZ']

interface Series {
  table: string
  /** The columns of its running number and of the number that people read. */
  no: string
  number: string
  /** The column of the till's row that says which one was last. */
  last: string
  /** The letter before the running number, and its digits. */
  letter: string
  digits: number
}

/** Numbers that an auditor counts: from one to the last without a gap, and each said as it runs, whatever the epoch. */
export function seriesChecks({ table, no, number, last, letter, digits }: Series): SumCheck[] {
  const said = (epoch: string) => `code || '${epoch}-${letter}' || printf('%0${digits}d', r.${no})`
  return [
    {
      problem: `its last ${letter || 'receipt'} number is not how many there are`,
      sql: `
SELECT 'till' AS place FROM till
WHERE ${last} <> (SELECT count(${no}) FROM ${table}) OR ${last} <> (SELECT coalesce(max(${no}), 0) FROM ${table})`,
    },
    {
      problem: 'has a number that is not its own',
      sql: `
SELECT '${table} ' || coalesce(r.${number}, ${said('')}) AS place FROM ${table} r, till
WHERE r.${no} IS NOT NULL AND coalesce(r.${number}, '') NOT IN (${said('')}, ${LETTERS.map(of => said(of)).join(', ')})
  AND coalesce(r.${number}, '') NOT GLOB ${said('[A-Z][A-Z]')}`,
    },
  ]
}
