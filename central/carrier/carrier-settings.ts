/** What a start of central is told about payment files and their answers. */
import { resolve } from 'node:path'
import { type CarrierSchedule, minutesOf } from './schedule.ts'
import { ackTemplate, paymentTemplate } from './template/template-file.ts'

/** As they are given; an empty folder for none. */
export interface CarrierOptions {
  paymentOut: string
  paymentAt: string
  paymentTemplate: string
  ackIn: string
  ackTemplate: string
}

export const USUAL_PAYMENT_TIME = '23:30'

/** Refuses (Error) a time that is none, and (CarrierRefusal) a template that cannot be used. */
export function carrierSettings(options: CarrierOptions): Pick<CarrierSchedule, 'payments' | 'answers'> {
  const { paymentOut, paymentAt, ackIn } = options
  const minutes = minutesOf(paymentAt)
  if (minutes === null)
    throw new Error(`${paymentAt} is no time of a day: give one like ${USUAL_PAYMENT_TIME}`)
  const payments = { minutes, folder: resolve(paymentOut) }
  const answers = { folder: resolve(ackIn) }
  return {
    payments:
      paymentOut === '' ? undefined : { ...payments, template: paymentTemplate(options.paymentTemplate) },
    answers: ackIn === '' ? undefined : { ...answers, template: ackTemplate(options.ackTemplate) },
  }
}
