// Runs before anything else is loaded, so it uses only what the oldest Node that knows modules can read.
const [major] = process.versions.node.split('.').map(part => Number.parseInt(part, 10))
if (major === undefined || major < 20) {
  process.stderr.write(
    `Tillproof needs Node 20 or newer to set itself up; this is Node ${process.versions.node}.\n` +
      'Install a current Node from https://nodejs.org or your distribution, then try again.\n',
  )
  process.exit(1)
}
