/** Before a program of a test: what has passed since it began is what has, and as much as a file says besides. */
import { readFileSync } from 'node:fs'

const file = process.env.TILLPROOF_TEST_PASSED ?? ''
const really = performance.now.bind(performance)
performance.now = () => really() + Number.parseInt(readFileSync(file, 'utf8'), 10)
