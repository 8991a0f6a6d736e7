import { createHmac } from 'node:crypto'
import { isRoutingNumber } from '../../../shared/rules/deposit/aba.ts'
import { os } from '../request/guard.ts'

export const identifyCheck = os.receipt.identifyCheck.handler(({ input, context, errors }) => {
  if (!isRoutingNumber(input.routingNumber)) throw errors.ROUTING_NUMBER_WRONG()
  const accountNumber = input.accountNumber.replace(/[\s-]/g, '')
  if (!/^\d{3,17}$/.test(accountNumber)) throw errors.ACCOUNT_NUMBER_WRONG()
  const hash = createHmac('sha256', context.backend.tillKey)
    .update(`${input.routingNumber}:${accountNumber}`)
    .digest('hex')
  return { accountLast4: accountNumber.slice(-4).padStart(4, '0'), accountHash: hash }
})
