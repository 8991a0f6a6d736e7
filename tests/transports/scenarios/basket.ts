import { expect } from 'vitest'
import type { Basket } from '../../../shared/contract/basket.ts'
import type { TillClient } from '../../../shared/contract/index.ts'
import { newId, newSalt } from '../../../shared/id.ts'
import { cents } from '../../../shared/money.ts'
import { accountLine, card, catalogLine, check, ordinaryAccount } from '../../support/desk.ts'
import { clientOf, type TestTill } from '../../support/screens.ts'
import type { NounScenarios } from '../scenario.ts'

let revision = 0

/** A basket with one of everything that can be typed into it. */
export async function fullBasket(client: TillClient): Promise<Basket> {
  revision += 1
  const account = await ordinaryAccount()
  const { accountId, name, address, status, cashOnly } = account.account
  return {
    basketId: newId(),
    salt: newSalt(),
    lines: [accountLine(account, cents(1_000)), await catalogLine(client, 'DEMO')],
    seen: [{ accountId, name, address, status, cashOnly, items: [] }],
    tenders: [check(cents(500)), card(cents(500))],
    entry: { tender: 'check', texts: { reference: '1187' } },
    revision,
  }
}

async function saved(till: TestTill) {
  const client = await clientOf(till, 'cashier')
  const basket = await fullBasket(client)
  await client.basket.save(basket)
  return { client, basket }
}

async function suspended(till: TestTill) {
  const { client, basket } = await saved(till)
  await client.basket.suspend({ basketId: basket.basketId, name: 'Lady with the dog' })
  return { client, basket }
}

export const basket: NounScenarios<'basket'> = {
  current: {
    async ready(till) {
      return { client: (await saved(till)).client, input: undefined }
    },
    expects(output) {
      expect(output?.entry).toEqual({ tender: 'check', texts: { reference: '1187' } })
      expect(output?.lines).toHaveLength(2)
    },
    refusals: {},
  },
  save: {
    async ready(till) {
      const client = await clientOf(till, 'cashier')
      return { client, input: await fullBasket(client) }
    },
    async expects(_output, { client, input }) {
      expect(await client.basket.current()).toEqual(input)
    },
    refusals: {
      TEXT_NOT_ALLOWED: async till => {
        const client = await clientOf(till, 'cashier')
        const tenders = [check(cents(1_000), { reference: '4111 1111 1111 1111' })]
        return client.basket.save({ ...(await fullBasket(client)), tenders })
      },
      UNKNOWN_BASKET: async till => {
        const { basket: kept } = await saved(till)
        return (await clientOf(till, 'colleague')).basket.save({ ...kept, revision: kept.revision + 1 })
      },
    },
  },
  discard: {
    async ready(till) {
      const { client, basket: kept } = await saved(till)
      return { client, input: { basketId: kept.basketId } }
    },
    async expects(_output, { client }) {
      expect(await client.basket.current()).toBeNull()
    },
    refusals: {},
  },
  suspend: {
    async ready(till) {
      const { client, basket: kept } = await saved(till)
      return { client, input: { basketId: kept.basketId, name: 'Lady with the dog' } }
    },
    async expects(_output, { client, input }) {
      expect(await client.basket.current()).toBeNull()
      expect((await client.basket.suspended()).at(-1)).toMatchObject(input)
    },
    refusals: {
      TEXT_NOT_ALLOWED: async till => {
        const { client, basket: kept } = await saved(till)
        return client.basket.suspend({ basketId: kept.basketId, name: '4111111111111111' })
      },
      UNKNOWN_BASKET: async till =>
        (await clientOf(till, 'cashier')).basket.suspend({ basketId: newId(), name: 'Nobody' }),
    },
  },
  suspended: {
    async ready(till) {
      return { client: (await suspended(till)).client, input: undefined }
    },
    expects(output) {
      expect(output.at(-1)).toMatchObject({ name: 'Lady with the dog', lineCount: 2, totalCents: 11_000 })
    },
    refusals: {},
  },
  resume: {
    async ready(till) {
      const { basket: kept } = await suspended(till)
      return { client: await clientOf(till, 'colleague'), input: { basketId: kept.basketId } }
    },
    async expects(output, { client }) {
      expect(output.lines).toHaveLength(2)
      expect(await client.basket.current()).toEqual(output)
    },
    refusals: {
      UNKNOWN_BASKET: async till => (await clientOf(till, 'cashier')).basket.resume({ basketId: newId() }),
      BASKET_IN_HAND: async till => {
        const { client, basket: kept } = await suspended(till)
        await client.basket.save(await fullBasket(client))
        return client.basket.resume({ basketId: kept.basketId })
      },
    },
  },
}
