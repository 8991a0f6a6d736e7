import { describe, expect, it } from 'vitest'
import { centralAddress } from '../../shared/rules/sync/central-address.ts'

describe('The address of a billing system', () => {
  it.each([
    ['https://billing.example.gov', 'https://billing.example.gov'],
    [' billing.example.gov ', 'https://billing.example.gov'],
    ['https://billing.example.gov:8443/', 'https://billing.example.gov:8443'],
    ['http://127.0.0.1:7600', 'http://127.0.0.1:7600'],
    ['http://localhost:7600', 'http://localhost:7600'],
    ['http://[::1]:7600', 'http://[::1]:7600'],
    // Letters that look like others are told as what they are.
    ['https://billing.ex\u0430mple.gov', 'https://billing.xn--exmple-4nf.gov'],
    ['http://billing.example.gov', undefined],
    ['http://127.0.0.1.example.gov', undefined],
    ['https://billing.example.gov/api', undefined],
    ['https://billing.example.gov/?till=1', undefined],
    ['https://user:secret@billing.example.gov', undefined],
    ['ftp://billing.example.gov', undefined],
    ['file:///etc/passwd', undefined],
    ['', undefined],
    ['not an address', undefined],
  ])('%s is %s', (typed, expected) => {
    expect(centralAddress(typed)).toBe(expected)
  })
})
