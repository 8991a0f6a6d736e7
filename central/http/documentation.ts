/** What central's API is, for programs as an OpenAPI 3.1 document and for people as a plain page. */
import { OpenAPIGenerator } from '@orpc/openapi'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'
import type { ZodType } from 'zod'
import { central } from '../../shared/central/contract.ts'
import { amountField, businessDateField, centsField, totalField } from '../../shared/fields.ts'

type Schema = Record<string, string | number>

/** Fields that are functions here, in words that a schema has. */
const FIELDS = new Map<unknown, Schema>([
  [centsField, { type: 'integer', description: 'US cents; negative for money that goes the other way' }],
  [amountField, { type: 'integer', minimum: 0, maximum: 9_999_999_999, description: 'US cents' }],
  [totalField, { type: 'integer', minimum: 0, description: 'US cents' }],
  [businessDateField, { type: 'string', format: 'date', description: 'Business date' }],
])

export type ApiDocument = Awaited<ReturnType<typeof describeApi>>

export function describeApi() {
  const converter = new ZodToJsonSchemaConverter({
    interceptors: [
      ({ schema, next }) => {
        const known = FIELDS.get(schema as unknown as ZodType)
        return known ? [true, known] : next()
      },
    ],
  })
  return new OpenAPIGenerator({ schemaConverters: [converter] }).generate(central, {
    info: {
      title: 'Tillproof central',
      version: '1',
      description:
        'Tills hand over their journals here and are told what became of them. Requests are signed by RFC 9421 over ' +
        'method, path, query and content digest with the Ed25519 key that the till enrolled. Refusals are RFC 9457 problem ' +
        'details whose `code` tells them apart.',
    },
  })
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, sign => `&#${sign.charCodeAt(0)};`)

const STYLE = `
body { font: 16px/1.5 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem; color-scheme: light dark }
table { border-collapse: collapse; width: 100% } td, th { text-align: left; padding: .35rem .6rem .35rem 0; vertical-align: top }
th { border-bottom: 1px solid } code { font-size: .95em } .demonstration { border: 2px solid; padding: .5rem 1rem; font-weight: 600 }`

/** A page without scripts, and without anything from elsewhere. */
export function apiPage(document: ApiDocument, { demonstration }: { demonstration: boolean }): string {
  const rows = Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods ?? {}).map(([method, operation]) => operationRow(path, method, operation)),
  )
  const warning = demonstration
    ? '<p class="demonstration">Demonstration: this central keeps its data without flushing it to disk. Not for money.</p>'
    : ''
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Tillproof central</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>${STYLE}</style></head><body>
<h1>Tillproof central</h1>${warning}<p>${escaped(document.info.description ?? '')}</p>
<p>The whole contract, for programs: <a href="/openapi.json">openapi.json</a>.</p>
<table><thead><tr><th>Operation</th><th>What it does</th><th>Refusals</th></tr></thead><tbody>${rows.join('')}</tbody></table>
</body></html>`
}

function operationRow(path: string, method: string, operation: unknown): string {
  const { summary, responses } = operation as { summary?: string; responses?: Record<string, unknown> }
  const refusals = Object.keys(responses ?? {}).filter(status => status >= '400')
  return `<tr><td><code>${escaped(method.toUpperCase())} ${escaped(path)}</code></td><td>${escaped(summary ?? '')}</td>
<td>${escaped(refusals.join(', '))}</td></tr>`
}
