import './node-floor.mjs'
import { installDependencies, pinnedNode, root, run, SetupError, say } from './setup.mjs'

// `node build/on-pinned-node.mjs FILE …`: runs FILE on the pinned Node, which is installed first where it is missing.
try {
  await installDependencies(root)
  process.exitCode = await run(await pinnedNode(root), process.argv.slice(2), {
    cwd: process.cwd(),
    withInput: true,
  })
} catch (problem) {
  if (!(problem instanceof SetupError)) throw problem
  say(problem.message)
  process.exitCode = 1
}
