import { buildWhenStale, root } from '../../../build/setup.mjs'

/** Before tests that start the whole program: what they start is built from the sources as they are. */
export default async function built(): Promise<void> {
  await buildWhenStale(root, process.execPath)
}
