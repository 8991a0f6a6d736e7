/** Nothing is lost: the basket of the customer at the window. */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { newId } from '../../../shared/id.ts'
import { cents } from '../../../shared/money.ts'
import { accountLine, cash, openDrawer, ordinaryAccount, receiptInput } from '../../support/desk.ts'
import { refused } from '../../support/refusals.ts'
import { clientOf, screenOf } from '../../support/screens.ts'
import { samplePerson } from '../../support/template.ts'
import { openTestTill } from '../../support/till.ts'
import { fullBasket } from '../../transports/scenarios/basket.ts'

/** Two cashiers with a drawer each, and a basket of the first. */
async function twoAtTheDesk() {
  const till = await openTestTill()
  const client = await clientOf(till, 'cashier')
  const colleague = await clientOf(till, 'colleague')
  await openDrawer(client)
  await openDrawer(colleague, 'Window 2')
  return { till, client, colleague, basket: await fullBasket(client) }
}

describe('the basket', () => {
  it('is there again after the program was started anew', async () => {
    const till = await openTestTill()
    const client = await clientOf(till, 'cashier')
    const basket = await fullBasket(client)
    await client.basket.save(basket)
    await till.restart()
    expect(await (await clientOf(till, 'cashier')).basket.current()).toEqual(basket)
  })

  it('is kept under a lock, and shown to nobody until it is unlocked', async () => {
    const till = await openTestTill()
    const { client } = await screenOf(till, 'cashier')
    const basket = await fullBasket(client)
    await client.basket.save(basket)
    await client.person.lock({ idle: false })
    await refused(client.basket.current(), 'SCREEN_LOCKED')
    await client.person.unlock({ pin: samplePerson('cashier').pin })
    expect(await client.basket.current()).toEqual(basket)
  })

  it('an older save that arrives late changes nothing', async () => {
    const till = await openTestTill()
    const client = await clientOf(till, 'cashier')
    const basket = await fullBasket(client)
    await client.basket.save({ ...basket, revision: basket.revision + 5 })
    await client.basket.save({ ...basket, lines: [], revision: basket.revision + 4 })
    expect((await client.basket.current())?.lines).toHaveLength(2)
  })

  it('is gone when its receipt is posted, and a save that arrives after does not bring it back', async () => {
    const till = await openTestTill()
    const client = await clientOf(till, 'cashier')
    await openDrawer(client)
    const basket = await fullBasket(client)
    await client.basket.save(basket)
    const line = accountLine(await ordinaryAccount(), cents(100))
    const input = receiptInput([line], [cash(cents(100))])
    await client.receipt.post({ ...input, commandId: basket.basketId })
    expect(await client.basket.current()).toBeNull()
    await client.basket.save({ ...basket, revision: basket.revision + 1 })
    expect(await client.basket.current()).toBeNull()
  })

  it('is no longer in hand when it is posted: a suspended one can be resumed at once', async () => {
    const till = await openTestTill()
    const client = await clientOf(till, 'cashier')
    await openDrawer(client)
    const waiting = await fullBasket(client)
    await client.basket.save(waiting)
    await client.basket.suspend({ basketId: waiting.basketId, name: 'The caller' })
    const basket = await fullBasket(client)
    await client.basket.save(basket)
    const line = accountLine(await ordinaryAccount(), cents(100))
    const input = receiptInput([line], [cash(cents(100))])
    await client.receipt.post({ ...input, commandId: basket.basketId })
    expect(await client.basket.resume({ basketId: waiting.basketId })).toEqual(waiting)
  })

  it('is over once it is posted, also where it stands suspended, and its receipt is nobody else’s', async () => {
    const { client, colleague, basket } = await twoAtTheDesk()
    const { basketId } = basket
    await client.basket.save(basket)
    await client.basket.suspend({ basketId, name: 'In another tab' })
    const line = accountLine(await ordinaryAccount(), cents(100))
    const input = { ...receiptInput([line], [cash(cents(100))]), commandId: basketId }
    const posted = await client.receipt.post(input)
    expect((await client.till.state()).suspendedCount).toBe(0)
    expect(await client.basket.suspended()).toEqual([])
    await refused(colleague.basket.resume({ basketId }), 'UNKNOWN_BASKET')
    await refused(client.basket.suspend({ basketId, name: 'Again' }), 'UNKNOWN_BASKET')
    await refused(colleague.receipt.post(input), 'COMMAND_CONTENT_CHANGED')
    expect(await client.receipt.post(input)).toEqual(posted)
  })

  it('is nobody else’s to post: its id is its owner’s', async () => {
    const { client, colleague, basket } = await twoAtTheDesk()
    await client.basket.save(basket)
    const line = accountLine(await ordinaryAccount(), cents(100))
    const input = { ...receiptInput([line], [cash(cents(100))]), commandId: basket.basketId }
    await refused(colleague.receipt.post(input), 'COMMAND_CONTENT_CHANGED')
    const spent = { commandId: basket.basketId, reason: 'Change for the meter' }
    await refused(colleague.movement.noSale(spent), 'COMMAND_CONTENT_CHANGED')
    expect(await client.basket.current()).toEqual(basket)
    const posted = await client.receipt.post(input)
    expect(posted).toMatchObject({ number: 'W1-000001' })
    // A save that comes late from somebody who had it in hand before makes it nobody's again.
    await refused(colleague.basket.save({ ...basket, revision: 99 }), 'UNKNOWN_BASKET')
    expect(await client.receipt.post(input)).toEqual(posted)
  })

  it('that cannot be read is only in the way', async () => {
    const till = await openTestTill()
    const client = await clientOf(till, 'cashier')
    for (const name of ['Lady with the dog', 'The caller']) {
      const basket = await fullBasket(client)
      await client.basket.save(basket)
      await client.basket.suspend({ basketId: basket.basketId, name })
    }
    const file = new Database(join(till.dataDir, 'workspace.sqlite'))
    file.exec("UPDATE basket SET content = '{' WHERE suspended_name = 'The caller'")
    file.close()
    const waiting = await client.basket.suspended()
    expect(waiting.map(({ name, lineCount }) => [name, lineCount > 0])).toEqual([
      ['Lady with the dog', true],
      ['The caller', false],
    ])
    await refused(client.basket.resume({ basketId: waiting[1]?.basketId ?? '' }), 'UNKNOWN_BASKET')
  })

  it('that cannot be read goes out of the way of one that is resumed', async () => {
    const till = await openTestTill()
    const client = await clientOf(till, 'cashier')
    const waiting = await fullBasket(client)
    await client.basket.save(waiting)
    await client.basket.suspend({ basketId: waiting.basketId, name: 'The caller' })
    await client.basket.save(await fullBasket(client))
    const file = new Database(join(till.dataDir, 'workspace.sqlite'))
    file.exec("UPDATE basket SET content = '{' WHERE suspended_name IS NULL")
    file.close()
    expect(await client.basket.resume({ basketId: waiting.basketId })).toEqual(waiting)
    expect(await client.basket.current()).toEqual(waiting)
  })

  it('that another tab has suspended takes nothing more, and says so', async () => {
    const till = await openTestTill()
    const client = await clientOf(till, 'cashier')
    const basket = await fullBasket(client)
    await client.basket.save(basket)
    await client.basket.suspend({ basketId: basket.basketId, name: 'In another tab' })
    // What came late changes nothing, and what is typed on is not lost without a word.
    await client.basket.save(basket)
    await refused(client.basket.save({ ...basket, revision: basket.revision + 1 }), 'UNKNOWN_BASKET')
    expect(await client.basket.resume({ basketId: basket.basketId })).toEqual(basket)
  })

  it('remembers how its accounts were, but for a name that may not be kept', async () => {
    const till = await openTestTill()
    const client = await clientOf(till, 'cashier')
    const basket = await fullBasket(client)
    const { seen } = basket
    const odd = seen.map(account => ({ ...account, name: 'Pay 4111 1111 1111 1111' }))
    await client.basket.save({ ...basket, seen: [...odd, ...seen] })
    expect((await client.basket.current())?.seen).toEqual(seen)
  })

  it('is one cashier’s until it is suspended; then it is anybody’s, once', async () => {
    const till = await openTestTill()
    const cashier = await clientOf(till, 'cashier')
    const colleague = await clientOf(till, 'colleague')
    const basket = await fullBasket(cashier)
    await cashier.basket.save(basket)
    const { basketId } = basket
    expect(await colleague.basket.current()).toBeNull()
    await refused(colleague.basket.resume({ basketId }), 'UNKNOWN_BASKET')
    await refused(colleague.basket.suspend({ basketId, name: 'Mine' }), 'UNKNOWN_BASKET')
    await colleague.basket.discard({ basketId })
    await refused(colleague.basket.save({ ...basket, revision: basket.revision + 1 }), 'UNKNOWN_BASKET')
    expect(await cashier.basket.current()).toEqual(basket)
    await cashier.basket.suspend({ basketId, name: 'Lady with the dog' })
    expect((await colleague.till.state()).suspendedCount).toBe(1)
    expect(await colleague.basket.resume({ basketId })).toEqual(basket)
    await refused(cashier.basket.resume({ basketId }), 'UNKNOWN_BASKET')
    expect(await cashier.basket.suspended()).toEqual([])
  })

  it('one that is discarded is gone, a suspended one cannot be discarded by mistake', async () => {
    const till = await openTestTill()
    const client = await clientOf(till, 'cashier')
    const basket = await fullBasket(client)
    await client.basket.save(basket)
    await client.basket.suspend({ basketId: basket.basketId, name: 'Later' })
    await client.basket.discard({ basketId: basket.basketId })
    expect(await client.basket.suspended()).toHaveLength(1)
    await client.basket.resume({ basketId: basket.basketId })
    await client.basket.discard({ basketId: basket.basketId })
    await client.basket.discard({ basketId: newId() })
    expect(await client.basket.current()).toBeNull()
  })
})
