/** Till, central and its database are killed at any instant of a push over real HTTP: what was acknowledged, stays. */
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect } from 'vitest'
import { itOnPostgres, postgresForFile } from '../support/central/postgres.ts'
import { reportPromises } from '../support/run/promises.ts'
import { scaled } from '../support/run/scale.ts'
import { chanceOf, runSeed } from '../support/run/seed.ts'
import { sampleTemplate } from '../support/template.ts'
import { type BothEnds, endDifferences } from './kill/killed-ends.ts'
import { KilledLine, VICTIMS, type Victim } from './kill/killed-line.ts'

const KILLS = scaled('SYNC_KILLS', 4, 200)
const CONTROLS = scaled('SYNC_KILL_CONTROLS', 2, 20)
/** How long after a push has begun the blow may fall, in milliseconds: in that push, or in one of those after it. */
const IN_PUSH_MS = 60
const AFTER_PUSHES_MS = 600
/** At the longest, where it falls at any moment. */
const LONGEST_LIFE_MS = 350
/** The till gathers facts for less than this before it pushes. */
const PUSH_BEGINS_MS = 3_000
const DRAINED_MS = 120_000
/** How often a long run says that it is alive. */
const SAID_EVERY = 20

// What central does not wait for would be flushed a moment later all the same; the control must not live on that.
const postgres = postgresForFile({ wal_writer_delay: '10s' })

interface Killed {
  /** Blows that fell while central worked on a push. */
  inPush: number
  /** Times that central did not hold what it had said it held. */
  broken: string[]
  victims: Map<Victim, number>
  differences: string[]
  receipts: number
  cutOff: number
}

type Moment = (line: KilledLine, below: (most: number) => number) => Promise<void>

const atAnyMoment: Moment = async (line, below) => {
  if (below(3) === 0) return pause(20 + below(LONGEST_LIFE_MS))
  await line.transport.nextPush(PUSH_BEGINS_MS)
  await pause(below(below(2) === 0 ? IN_PUSH_MS : AFTER_PUSHES_MS))
}

/** Right after central has said that it holds something. */
const onceAnswered: Moment = line => line.transport.nextAnswer(PUSH_BEGINS_MS)

/** Works at the counter until the moment has come, and strikes. */
async function blow(
  line: KilledLine,
  { victim, moment, below }: { victim: Victim; moment: Moment; below: (most: number) => number },
): Promise<{ wasInPush: boolean }> {
  const come = moment(line, below)
  await line.cashier.sync.tryNow()
  let isOver = false
  const work = line.counter.work(line.cashier, () => isOver)
  await Promise.race([come, work])
  const wasInPush = line.transport.underWay > 0
  await line.strike(victim)
  isOver = true
  await work
  await line.start()
  return { wasInPush }
}

/** What central said that it holds, and does not. */
async function brokenWord({ transport }: KilledLine, { kysely }: BothEnds['central']): Promise<string[]> {
  const { acknowledged } = transport
  if (!acknowledged) return []
  const { epoch, seq, hash } = acknowledged
  const rows = kysely.selectFrom('journal').select('hash').where('epoch', '=', epoch).where('seq', '=', seq)
  const held = await rows.executeTakeFirst()
  return held?.hash === hash ? [] : [`central said that it holds ${epoch}/${seq}`]
}

interface Plan {
  kills: number
  below: (most: number) => number
  isCareless: boolean
}

/** So many blows, a last one when all has arrived, and then what both ends hold. */
async function liveThrough({ kills, below, isCareless }: Plan): Promise<Killed> {
  const central = await postgres.central()
  const line = await KilledLine.open({ cluster: postgres.cluster(), central, below, isCareless })
  const killed = { inPush: 0, broken: [] as string[], victims: new Map<Victim, number>() }
  const moment = isCareless ? onceAnswered : atAnyMoment
  for (let count = 0; count < kills; count += 1) {
    // Each in turn at first, so that a short run has met them all.
    const victim = isCareless ? 'server' : (VICTIMS[count] ?? VICTIMS[below(VICTIMS.length)] ?? 'both')
    killed.victims.set(victim, (killed.victims.get(victim) ?? 0) + 1)
    if ((await blow(line, { victim, moment, below })).wasInPush) killed.inPush += 1
    killed.broken.push(...(await brokenWord(line, central)))
    if ((count + 1) % SAID_EVERY === 0) console.info(`${count + 1} of ${kills} kills`)
  }
  // The control has broken its word by now; what a till makes of that is the simulation's matter.
  const differences = isCareless ? [] : await lastBlow(line, central)
  const { receipts, cutOff } = line.counter
  return { ...killed, differences, receipts: receipts.size, cutOff }
}

/** The last blow falls right after central's answer, and nothing is keyed after it: only by asking does the till learn. */
async function lastBlow(line: KilledLine, central: BothEnds['central']): Promise<string[]> {
  const late = await line.drained(DRAINED_MS)
  const answered = line.transport.nextAnswer(PUSH_BEGINS_MS)
  let rounds = 0
  await line.counter.work(line.cashier, () => {
    rounds += 1
    return rounds > 1
  })
  await answered
  await line.strike('everything')
  await line.start()
  const later = await line.drained(DRAINED_MS)
  await line.strike('both')
  const { accounts: billed } = await sampleTemplate()
  const { receipts } = line.counter
  const found = await endDifferences({ dataDir: line.dataDir, central, receipts, billed })
  return [...late, ...later, ...found]
}

function tell({ victims, inPush, receipts, cutOff }: Killed): void {
  console.info({ ...Object.fromEntries(victims), 'in a push': inPush, receipts, 'cut off': cutOff })
}

describe('a till and a central that are killed at any instant', () => {
  itOnPostgres(
    'hold the same in the end: each acknowledged receipt once, and nothing that was acknowledged is gone',
    async () => {
      const killed = await liveThrough({ kills: KILLS, below: chanceOf(runSeed()), isCareless: false })
      const careless = await liveThrough({ kills: CONTROLS, below: chanceOf(1), isCareless: true })
      tell(killed)
      reportPromises([
        {
          promise: 'sync-kill: what was acknowledged is at both ends once, after any kill',
          tries: KILLS,
          failures: killed.broken.length + killed.differences.length,
          controlFailures: careless.broken.length,
        },
      ])
      expect(killed.broken).toEqual([])
      expect(killed.differences).toEqual([])
      expect(killed.inPush, 'hardly a blow fell in a push').toBeGreaterThan(KILLS / 5)
      expect(careless.broken, 'a central that answers too soon is not found out').not.toEqual([])
    },
    300_000 + (KILLS + CONTROLS) * 10_000,
  )
})
