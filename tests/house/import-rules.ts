import { isBuiltin } from 'node:module'
import { dirname, join } from 'node:path/posix'
import { isNode, lineAt, type SourceFile, type SyntaxNode, syntaxOf, walk } from './sources.ts'

export interface Import {
  specifier: string
  typeOnly: boolean
  line: number
}

interface Allowance {
  /** Folders and files of the project that may be imported. */
  own: readonly string[]
  /** Packages, by name; a name ending in `*` stands for all that begin so. */
  packages: readonly string[]
  /** Whether Node's own modules may be imported. */
  node: boolean
  /** Folders and files of which only types may be imported. */
  typesOf?: readonly string[]
}

const machineSide = { own: ['electron/backend', 'electron/doors', 'db', 'shared'], node: true } as const

/** Who may import whom: the first row whose place a file lies in decides. */
export const importTable: readonly (readonly [place: string, Allowance])[] = [
  ['shared/money.ts', { own: ['shared'], packages: ['big.js', 'zod'], node: false }],
  ['shared', { own: ['shared'], packages: ['zod', 'uuid', '@orpc/contract', '@noble/hashes'], node: false }],
  [
    'db/central',
    {
      own: ['db', 'shared'],
      packages: ['kysely', 'better-sqlite3', 'pg', '@electric-sql/pglite'],
      node: true,
    },
  ],
  // The till and central read the same account files.
  ['db/accounts/file', { own: ['db', 'shared'], packages: ['csv-parse'], node: true }],
  ['db', { own: ['db', 'shared'], packages: ['kysely', 'better-sqlite3'], node: true }],
  // Files to and from the billing system.
  [
    'central/carrier',
    { own: ['central', 'db', 'shared'], packages: ['csv-parse', 'kysely', 'pino', 'zod'], node: true },
  ],
  [
    'central',
    {
      own: ['central', 'db', 'shared'],
      packages: [
        ...['hono', '@hono/node-server', 'kysely', 'pino', 'zod'],
        ...['@orpc/server', '@orpc/openapi', '@orpc/zod'],
      ],
      node: true,
    },
  ],
  [
    'electron/backend',
    {
      own: ['electron/backend', 'db', 'shared'],
      packages: [...['pdfmake', 'write-excel-file', 'pino'], ...['zod', '@orpc/server', '@orpc/contract']],
      node: true,
    },
  ],
  ['electron/main.ts', { ...machineSide, packages: ['electron', '@orpc/server'] }],
  ['electron/preload.ts', { own: [], packages: ['electron'], node: false, typesOf: ['electron', 'shared'] }],
  ['electron', { ...machineSide, own: [...machineSide.own, 'electron'], packages: ['@orpc/server'] }],
  [
    'renderer',
    {
      own: ['renderer', 'shared'],
      packages: [
        ...['react', 'react-dom', 'wouter', '@mantine/*', '@tanstack/*', '@fontsource*'],
        ...['@orpc/client', '@orpc/tanstack-query', '@orpc/contract', 'zod'],
      ],
      node: false,
    },
  ],
]

const textOf = (node: unknown): string | undefined =>
  isNode(node) && typeof node.value === 'string' ? node.value : undefined

const onlyTypes = (node: SyntaxNode): boolean => {
  if (node.importKind === 'type' || node.exportKind === 'type') return true
  const specifiers: unknown[] = Array.isArray(node.specifiers) ? node.specifiers : []
  return (
    specifiers.length > 0 &&
    specifiers.every(part => isNode(part) && (part.importKind === 'type' || part.exportKind === 'type'))
  )
}

/** The module that a node takes in: undefined when it takes in none, null when it is computed. */
function moduleOf(node: SyntaxNode): string | null | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
    case 'ImportExpression':
    case 'TSImportType':
      return textOf(node.source) ?? null
    case 'ExportNamedDeclaration':
      return textOf(node.source)
    case 'TSExternalModuleReference':
      return textOf(node.expression) ?? null
    case 'CallExpression': {
      if (!isNode(node.callee) || node.callee.name !== 'require') return undefined
      return textOf(Array.isArray(node.arguments) ? node.arguments[0] : undefined) ?? null
    }
    default:
      return undefined
  }
}

/** Every import of a file: static, re-exported, dynamic, required, and as a type. A computed one reads `(computed)`. */
export function importsOf(file: SourceFile): Import[] {
  const found: Import[] = []
  walk(syntaxOf(file).program, node => {
    const specifier = moduleOf(node)
    if (specifier === undefined) return
    found.push({
      specifier: specifier ?? '(computed)',
      typeOnly: node.type === 'TSImportType' || onlyTypes(node),
      line: lineAt(file.text, node.start),
    })
  })
  return found
}

const lies = (path: string, places: readonly string[]): boolean =>
  places.some(place => path === place || path.startsWith(`${place}/`))

const packageAllowed = (specifier: string, packages: readonly string[]): boolean =>
  packages.some(name =>
    name.endsWith('*') ? specifier.startsWith(name.slice(0, -1)) : lies(specifier, [name]),
  )

function allowed(file: string, { specifier, typeOnly }: Import, allowance: Allowance): boolean {
  if (specifier.startsWith('.')) {
    const target = join(dirname(file), specifier)
    return lies(target, allowance.own) || (typeOnly && lies(target, allowance.typesOf ?? []))
  }
  if (isBuiltin(specifier)) return allowance.node && specifier.startsWith('node:')
  return packageAllowed(specifier, allowance.packages)
}

/** The imports of a file that the table does not allow, each as a sentence. */
export function forbiddenImports(file: SourceFile): string[] {
  const row = importTable.find(([place]) => lies(file.path, [place]))
  if (row === undefined) return [`${file.path}: no row of the import table is about this place`]
  const [place, allowance] = row
  return importsOf(file)
    .filter(one => !allowed(file.path, one, allowance))
    .map(one => `${file.path}:${one.line}: ${place} may not import ${one.specifier}`)
}
