/** Leads a test file's temporary folders into the run's, unless disks or installed programs are what it is about. */
import { expect } from 'vitest'

const dir = process.env.TILLPROOF_RUN_FOLDER
const { testPath = '' } = expect.getState()
const wantsDisk = /[\\/]tests[\\/](faults|house)[\\/]/.test(testPath)

if (dir !== undefined && !wantsDisk) process.env.TMPDIR = dir
