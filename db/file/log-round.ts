/**
 * Which log belongs to which file. SQLite takes any log for that of the file beside which it lies, and makes one out of both.
 * What a file system says of them comes back with a backup, so a number in the first page tells: it becomes even right before
 * the log is moved into the file, and odd again at the beginning of the next log.
 */
import type Database from 'better-sqlite3'
import { hasBytes, userVersionIn, userVersionOf, versionOf } from './sqlite-file.ts'

const ROUND_BEGINS = 0x100
const MOST_ROUND = 0xfffffe

const roundIn = (userVersionThere: number): number => Math.floor(userVersionThere / ROUND_BEGINS)

/** The round as read with the log. */
export const roundOf = (connection: Database.Database): number => roundIn(userVersionOf(connection) >>> 0)

/** Changes the round, in a transaction of its own. */
export function setRound(connection: Database.Database, round: number): void {
  const version = versionOf(connection)
  // Above 2 ** 31 it would be read as below zero.
  connection.pragma(`user_version = ${((round % MOST_ROUND) * ROUND_BEGINS + version) | 0}`)
}

/** The round in which a log is moved that is in this one. */
export const nextMove = (round: number): number => round + 2 - (round % 2)

export const isBegun = (round: number): boolean => round % 2 === 1

/**
 * Looks at a file that is not open yet; the answer tells whether the log beside it was begun beside it. Where there is no
 * log, or this process has the file open already, there is nothing to tell.
 */
export function ownLogIn(path: string): (connection: Database.Database) => boolean {
  const inFile = userVersionIn(path)
  if (inFile === undefined || !hasBytes(`${path}-wal`)) return () => true
  return connection => {
    const withLog = roundOf(connection)
    const moved = withLog - roundIn(inFile)
    return isBegun(withLog) ? moved === 1 : moved >= 0 && moved <= 2
  }
}
