/**
 * What a person must know of the line to central. `fork`: central holds another row at a place of ours. `behind`:
 * central holds more than this till, which was restored from a backup. `superseded`: the till goes on under a later
 * epoch, on the machine named. `central-restored`: central holds less than it once said. `store-damaged`: what this
 * till kept of its line could not be read and was begun anew. `check-key-lost`: checks taken before are not recognized
 * any more. `city-not-taken`: something that the city keeps at central could not be taken over here.
 * `account-not-read`: accounts of central, by their numbers, that this till has no room for. `answer-not-read`: central
 * answers something in a way that this program does not know.
 */
export const ALARMS = [
  'fork',
  'behind',
  'superseded',
  'revoked',
  'not-enrolled',
  'chain-broken',
  'range-too-large',
  'central-restored',
  'key-missing',
  'store-damaged',
  'check-key-lost',
  'city-not-taken',
  'account-not-read',
  'answer-not-read',
] as const
export type AlarmKind = (typeof ALARMS)[number]
