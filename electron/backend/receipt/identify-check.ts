import { isRoutingNumber } from '../../../shared/rules/deposit/aba.ts'
import { checkHash, sealHash } from '../request/check-seal.ts'
import { os } from '../request/guard.ts'

export const identifyCheck = os.receipt.identifyCheck.handler(({ input, context, errors }) => {
  const { routingNumber } = input
  if (!isRoutingNumber(routingNumber)) throw errors.ROUTING_NUMBER_WRONG()
  const accountNumber = input.accountNumber.replace(/[\s-]/g, '')
  if (!/^\d{3,17}$/.test(accountNumber)) throw errors.ACCOUNT_NUMBER_WRONG()
  const { tillKey } = context.backend
  const accountLast4 = accountNumber.slice(-4).padStart(4, '0')
  const hash = checkHash(tillKey, routingNumber, accountNumber)
  return { accountLast4, accountHash: sealHash(tillKey, { routingNumber, accountLast4 }, hash) }
})
