/** Nothing is lost: the basket of the customer at the window. */
import { describe, expect, it } from 'vitest'
import { newId } from '../../shared/id.ts'
import { cents } from '../../shared/money.ts'
import { fullBasket } from '../doors/scenarios/basket.ts'
import { accountLine, cash, openDrawer, ordinaryAccount, receiptInput } from '../support/desk.ts'
import { refused } from '../support/refusals.ts'
import { clientOf, screenOf } from '../support/screens.ts'
import { samplePerson } from '../support/template.ts'
import { openTestTill } from '../support/till.ts'

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
    await client.person.lock()
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

  it('remembers how its accounts were, but for a name that may not be kept, and takes up one that does not', async () => {
    const till = await openTestTill()
    const client = await clientOf(till, 'cashier')
    const basket = await fullBasket(client)
    const { seen = [], ...before } = basket
    const odd = seen.map(account => ({ ...account, name: 'Pay 4111 1111 1111 1111' }))
    await client.basket.save({ ...basket, seen: [...odd, ...seen] })
    expect((await client.basket.current())?.seen).toEqual(seen)
    const next = { ...before, revision: basket.revision + 1 }
    await client.basket.save(next)
    expect(await client.basket.current()).toEqual({ ...next, seen: [] })
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
