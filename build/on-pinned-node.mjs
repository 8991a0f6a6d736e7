import { resolve } from 'node:path'
import './node-floor.mjs'
import { installDependencies, pinnedNode, root, run, SetupError, say } from './setup.mjs'

// `node build/on-pinned-node.mjs [--from-here] FILE …`: runs FILE on the pinned Node, which is installed first where it is
// missing. `--from-here`: where npm was called, so that folders and files are meant from there.
const asked = process.argv.slice(2)
const isFromHere = asked[0] === '--from-here'
const [file = '', ...args] = isFromHere ? asked.slice(1) : asked
try {
  await installDependencies(root)
  process.exitCode = await run(await pinnedNode(root), [resolve(root, file), ...args], {
    cwd: isFromHere ? (process.env.INIT_CWD ?? process.cwd()) : process.cwd(),
    withInput: true,
  })
} catch (problem) {
  if (!(problem instanceof SetupError)) throw problem
  say(problem.message)
  process.exitCode = 1
}
