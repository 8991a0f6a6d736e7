/** Refusals of the line to the central billing system. */
import type { RefusalData, RefusalTexts } from './refusal-types.ts'

const KEY_PROBLEMS: Record<RefusalData<'KEY_NOT_USABLE'>['problem'], string> = {
  'loose-rights': 'Others may read this till’s key file. Take their rights away, then try again:',
  'not-readable': 'This till’s key cannot be opened on this machine. Call your administrator:',
}

export const syncRefusals: Pick<
  RefusalTexts,
  | 'ADDRESS_NOT_VALID'
  | 'CODE_NOT_VALID'
  | 'ENROLLED_ALREADY'
  | 'TILL_CODE_TAKEN'
  | 'ADDRESS_DIFFERS'
  | 'CENTRAL_UNREACHABLE'
  | 'CENTRAL_NOT_UNDERSTOOD'
  | 'KEY_NOT_USABLE'
> = {
  ADDRESS_NOT_VALID: () =>
    'This is no address of a billing system. It begins with https:// and has nothing after the name and port.',
  CODE_NOT_VALID: () =>
    'The billing system does not know this code, or it was used already, is older than a week, or is for another till. Ask billing for a new one.',
  ENROLLED_ALREADY: () =>
    'The billing system knows this till under another key. Have the till revoked there, then try again.',
  TILL_CODE_TAKEN: () =>
    'Another till gives its receipts numbers under this till’s code. Set this till up anew in an empty folder, under a code of its own.',
  ADDRESS_DIFFERS: () =>
    'The billing system is not reached by this address. Ask billing which one it is, letter by letter.',
  CENTRAL_UNREACHABLE: ({ detail }) =>
    `The billing system cannot be reached (${detail}). Check the address and the network, then try again.`,
  CENTRAL_NOT_UNDERSTOOD: ({ detail }) =>
    `Something answered there, and not as this till’s billing system does (${detail}). Check the address.`,
  KEY_NOT_USABLE: ({ problem, place }) => `${KEY_PROBLEMS[problem]} ${place}`,
}
