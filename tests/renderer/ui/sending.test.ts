import { ORPCError } from '@orpc/client'
import { describe, expect, it } from 'vitest'
import { oneAtATime, type SendingState, underOneId } from '../../../renderer/command.ts'
import { resend } from '../../../renderer/resend.ts'
import type { TillClient } from '../../../shared/contract/index.ts'
import { newSalt } from '../../../shared/id.ts'
import { cents } from '../../../shared/money.ts'

type Post = TillClient['receipt']['post']
type PostInput = Parameters<Post>[0]
type PostOutput = Awaited<ReturnType<Post>>

const POSTED: PostOutput = {
  receiptId: '018f3c2e-0000-7000-8000-000000000001',
  number: 'W1-000001',
  totalCents: cents(100),
  changeCents: cents(0),
  verificationCode: 'AAAA-BBBB-CCCC',
}
const BASKET: PostInput = {
  commandId: POSTED.receiptId,
  salt: newSalt(),
  lines: [],
  tenders: [],
  totalCents: cents(100),
}

/** A till that answers each call in turn: with the receipt, or with the error given. */
function till(...answers: (Error | null)[]) {
  const seen: PostInput[] = []
  const post = async (input: PostInput): Promise<PostOutput> => {
    const answer = answers[seen.length]
    seen.push(input)
    if (answer instanceof Error) throw answer
    return POSTED
  }
  return { seen, post }
}

const lost = () => new TypeError('Failed to fetch')
const refused = () => new ORPCError('NO_LINES', { defined: true, status: 422 })
const isAnswer = (error: unknown) => error instanceof ORPCError
const pause = () => Promise.resolve()

describe('sending a command', () => {
  it('a lost reply is answered by sending the same command again', async () => {
    const { seen, post } = till(lost(), lost(), null)
    const sent = resend(() => post(BASKET), { input: BASKET, signal: undefined, isAnswer, pause })
    await expect(sent).resolves.toBe(POSTED)
    expect(seen.map(input => input.commandId)).toEqual(Array(3).fill(BASKET.commandId))
  })

  it('the pauses grow', async () => {
    const pauses: number[] = []
    const { post } = till(lost(), lost(), lost(), lost(), lost())
    const sent = resend(() => post(BASKET), {
      input: BASKET,
      signal: undefined,
      isAnswer,
      pause: async ms => void pauses.push(ms),
    })
    await expect(sent).rejects.toThrow('Failed to fetch')
    expect(pauses).toEqual([300, 600, 1200, 2400])
  })

  it('a refusal is an answer and is not sent again', async () => {
    const { seen, post } = till(refused(), null)
    const sent = resend(() => post(BASKET), { input: BASKET, signal: undefined, isAnswer, pause })
    await expect(sent).rejects.toBeInstanceOf(ORPCError)
    expect(seen).toHaveLength(1)
  })

  it('what is no command is never repeated behind the person’s back', async () => {
    const { seen, post } = till(lost(), null)
    const sent = resend(() => post(BASKET), { input: { receiptId: '1' }, signal: undefined, isAnswer, pause })
    await expect(sent).rejects.toThrow()
    expect(seen).toHaveLength(1)
  })

  it('Enter held and a double click send once', async () => {
    const { seen, post } = till(null, null, null)
    const states: SendingState[] = []
    const done: string[] = []
    const run = oneAtATime({
      send: post,
      done: answer => void done.push(answer.number),
      tell: state => void states.push(state),
    })
    await Promise.all([run(BASKET), run(BASKET), run(BASKET)])
    expect(seen).toHaveLength(1)
    expect(done).toEqual(['W1-000001'])
    expect(states.map(state => state.pending)).toEqual([true, false])
  })

  it('what is to follow a refusal is told the refusal and what was sent, after the words are there', async () => {
    const { post } = till(refused())
    const heard: unknown[] = []
    const run = oneAtATime({
      send: post,
      done: () => heard.push('done'),
      failed: (error, input) => heard.push(error, input),
      tell: state => heard.push(state.pending),
    })
    await run(BASKET)
    expect(heard).toEqual([true, false, expect.any(ORPCError), BASKET])
  })

  it('after a refusal the person can try again, and what went wrong is told', async () => {
    const { seen, post } = till(refused(), null)
    const states: SendingState[] = []
    const run = oneAtATime({ send: post, done: () => undefined, tell: state => void states.push(state) })
    await run(BASKET)
    expect(states.at(-1)?.error).toBeInstanceOf(ORPCError)
    await run(BASKET)
    expect(seen).toHaveLength(2)
    expect(states.at(-1)).toEqual({ pending: false, error: null })
  })

  it('a command keeps its id until it succeeds, and the next one has another', async () => {
    const ids = ['first', 'second', 'third']
    const seen: string[] = []
    let fails = 1
    const send = underOneId(
      async (commandId: string, _input: null) => {
        seen.push(commandId)
        if (fails-- > 0) throw lost()
      },
      () => ids.shift() ?? '',
    )
    await expect(send(null)).rejects.toThrow()
    await send(null)
    await send(null)
    expect(seen).toEqual(['first', 'first', 'second'])
  })
})
