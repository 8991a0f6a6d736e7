/** Leads a test file's temporary folders into memory, unless disks or installed programs are what it is about. */
import { expect } from 'vitest'

const dir = process.env.TILLPROOF_MEMORY_DISK
const { testPath = '' } = expect.getState()
const wantsDisk = /[\\/]tests[\\/](faults|house)[\\/]/.test(testPath)

if (dir !== undefined && !wantsDisk) process.env.TMPDIR = dir
