/**
 * The control of the kills: the real receiver that answers before what it took is on disk. A program of its own, as
 * the real one is; it says where it listens.
 */

import { type KyselyPlugin, OperationNodeTransformer, type RawNode } from 'kysely'
import { makeApp } from '../../../central/http/app.ts'
import { listen } from '../../../central/http/server.ts'
import { openPostgres } from '../../../db/central/open.ts'
import { silentLog } from '../../../electron/backend/runtime/log.ts'
import { CENTRAL_OWN } from '../../support/central/till-journal.ts'

/** Turns the one statement round with which central asks for its commits to be flushed. */
class CommitLater extends OperationNodeTransformer {
  protected override transformRaw(node: RawNode): RawNode {
    const sqlFragments = node.sqlFragments.map(text =>
      text.replace('synchronous_commit = on', 'synchronous_commit = off'),
    )
    return super.transformRaw({ ...node, sqlFragments })
  }
}

const commitLater = new CommitLater()
const plugin: KyselyPlugin = {
  transformQuery: ({ node, queryId }) => commitLater.transformNode(node, queryId),
  transformResult: async ({ result }) => result,
}

const [url = ''] = process.argv.slice(2)
const db = await openPostgres(url)
const app = makeApp({
  db: { ...db, kysely: db.kysely.withPlugin(plugin) },
  key: CENTRAL_OWN,
  clock: () => Date.now(),
  log: silentLog(),
})
const { address } = await listen(app, { host: '127.0.0.1', port: 0 })
process.stdout.write(`Central listens on ${address}\n`)
