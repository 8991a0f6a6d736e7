/**
 * Signed requests as RFC 9421 writes them down, with Ed25519 and the digest of RFC 9530: the text that is signed and
 * the headers that carry it. Pure; whoever holds the key signs.
 */

/** What central signs to show that it has the key that it tells: about this very enrolment, whose code is used once. */
export function enrolmentProof(asked: {
  code: string
  tillId: string
  publicKey: string
  address: string
}): string {
  const { code, tillId, publicKey, address } = asked
  return ['tillproof enrolment', code, tillId, publicKey, address, ''].join('\n')
}

/** The components that every request signs, in this order. */
export const SIGNED_COMPONENTS = ['@method', '@path', '@query', 'content-digest'] as const
export const SIGNATURE_LABEL = 'sig1'

export interface SignedRequest {
  /** In capitals. */
  method: string
  /** Path and query, as they are sent. */
  path: string
  /** The value of the Content-Digest header. */
  digest: string
  tillId: string
  /** Seconds since 1970 by the till's clock, which nobody relies on. */
  createdS: number
  /** Whom it is for: the key of the central that the till knows, raw, base64, or `TO_ENROL`. At another it is worth nothing. */
  tag: string
}

/** The tag (RFC 9421, 2.3) of a till that knows no central's key yet. */
export const TO_ENROL = 'enrol'

/** The Content-Digest header (RFC 9530) of a body as it is sent, from the base64 of its SHA-256. */
export function contentDigest(sha256Base64: string): string {
  return `sha-256=:${sha256Base64}:`
}

/** What is signed and how, as the Signature-Input header says it (RFC 9421, 2.3). */
export function signatureParams({
  tillId,
  createdS,
  tag,
}: Pick<SignedRequest, 'tillId' | 'createdS' | 'tag'>): string {
  const components = SIGNED_COMPONENTS.map(name => `"${name}"`).join(' ')
  return `(${components});created=${createdS};keyid="${tillId}";alg="ed25519";tag="${tag}"`
}

/** The signature base (RFC 9421, 2.5): the text that is signed. A request without a query signs `?` (2.2.7). */
export function signatureBase(
  { method, path, digest }: Omit<SignedRequest, 'tillId' | 'createdS' | 'tag'>,
  params: string,
): string {
  const mark = path.indexOf('?')
  const values = {
    '@method': method,
    '@path': mark === -1 ? path : path.slice(0, mark),
    '@query': mark === -1 ? '?' : path.slice(mark),
    'content-digest': digest,
  }
  const lines = SIGNED_COMPONENTS.map(name => `"${name}": ${values[name]}`)
  return [...lines, `"@signature-params": ${params}`].join('\n')
}

/** The headers of a signed request; `sign` gives the base64 of the Ed25519 signature over a text. */
export function signatureHeaders(
  request: SignedRequest,
  sign: (text: string) => string,
): Record<'content-digest' | 'signature-input' | 'signature', string> {
  const params = signatureParams(request)
  return {
    'content-digest': request.digest,
    'signature-input': `${SIGNATURE_LABEL}=${params}`,
    signature: `${SIGNATURE_LABEL}=:${sign(signatureBase(request, params))}:`,
  }
}
