import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { autosave } from '../../../renderer/features/receipt/basket/autosave.ts'

class Lost extends Error {}

/** A till that keeps what it is given, and fails as often as told first. */
function keeper(...failures: Error[]) {
  const kept: string[] = []
  const problems: unknown[] = []
  const saver = autosave<string>({
    pauseMs: 150,
    isLost: error => error instanceof Lost,
    onProblem: error => void problems.push(error),
    save: async value => {
      const failure = failures.shift()
      if (failure !== undefined) throw failure
      kept.push(value)
    },
  })
  return { saver, kept, problems }
}

describe('saving the basket as it is typed', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('waits for a pause and saves the last of what was typed', async () => {
    const { saver, kept } = keeper()
    for (const text of ['1', '10', '100']) saver.change(text)
    await vi.advanceTimersByTimeAsync(149)
    expect(kept).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(kept).toEqual(['100'])
  })

  it('locking saves at once', async () => {
    const { saver, kept } = keeper()
    saver.change('100')
    await saver.flush()
    expect(kept).toEqual(['100'])
  })

  it('a save that got no answer is tried again, with what was typed meanwhile', async () => {
    const { saver, kept } = keeper(new Lost())
    saver.change('old')
    await saver.flush()
    saver.change('new')
    await vi.advanceTimersByTimeAsync(5_000)
    expect(kept).toEqual(['new'])
  })

  it('says why the latest is not kept, however late it is asked, until it is', async () => {
    const refused = new Error('card number')
    const { saver, kept } = keeper(refused)
    saver.change('4111')
    await vi.advanceTimersByTimeAsync(5_000)
    expect(await saver.flush()).toBe(refused)
    saver.change('4')
    expect(await saver.flush()).toBeNull()
    expect(kept).toEqual(['4'])
  })

  it('a refusal is told and not tried again', async () => {
    const { saver, kept, problems } = keeper(new Error('card number'))
    saver.change('4111')
    await vi.advanceTimersByTimeAsync(5_000)
    expect(kept).toEqual([])
    expect(problems).toHaveLength(1)
  })

  it('what was posted is not saved afterwards', async () => {
    const { saver, kept } = keeper()
    saver.change('100')
    saver.forget()
    await vi.advanceTimersByTimeAsync(5_000)
    expect(kept).toEqual([])
  })
})
