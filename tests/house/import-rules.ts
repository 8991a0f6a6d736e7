import { isBuiltin } from 'node:module'
import { dirname, join } from 'node:path/posix'
import { NOUNS } from '../../shared/nouns.ts'
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
  /** Its own folder too. */
  ownRoom?: true
  /** Folders and files of which only types may be imported. */
  typesOf?: readonly string[]
}

const machineSide = { own: ['electron/backend', 'electron/transports', 'db', 'shared'], node: true } as const

/** A room of central, which is its own and those that it is built on. */
function central(below: readonly string[], packages: readonly string[] = []) {
  const own = below.map(room => `central/${room}`)
  return {
    own: ['db', 'shared', ...own],
    ownRoom: true,
    packages: ['kysely', 'zod', ...packages],
    node: true,
  } satisfies Allowance
}

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
  ['db/account-file', { own: ['db', 'shared'], packages: ['csv-parse'], node: true }],
  ['db', { own: ['db', 'shared'], packages: ['kysely', 'better-sqlite3'], node: true }],
  // From the journal upwards: a room knows those below it, and nothing that is asked from outside.
  ['central/journal', central([])],
  ['central/city', central(['journal'])],
  ['central/posting', central(['journal', 'city'])],
  ['central/accounts', central(['journal', 'city', 'posting', 'watched-folder.ts'])],
  ['central/carrier', central(['journal', 'city', 'posting', 'watched-folder.ts'], ['csv-parse', 'pino'])],
  [
    'central/http',
    central(
      ['journal', 'city', 'posting', 'accounts'],
      ['hono', '@hono/node-server', 'pino', '@orpc/server', '@orpc/openapi', '@orpc/zod'],
    ),
  ],
  ['central/cli', central(['journal', 'city', 'posting', 'accounts', 'carrier', 'settings.ts'])],
  ['central', { own: ['central', 'db', 'shared'], packages: ['pino'], node: true }],
  [
    'electron/backend',
    {
      own: ['electron/backend', 'db', 'shared'],
      packages: [
        ...['pdfmake', 'write-excel-file', 'pino', 'unhomoglyph'],
        ...['zod', '@orpc/server', '@orpc/contract'],
      ],
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

/** What several features of the renderer are made of. */
const PARTS = ['count', 'find', 'forms', 'slip']
const featureOf = (path: string): string | undefined => /^renderer\/features\/([^/]+)/.exec(path)?.[1]

/** Features are put together by screens, and know each other only through the parts that they share. */
function isAcross(file: string, target: string): boolean {
  const [from, to] = [featureOf(file), featureOf(target)]
  return from !== undefined && to !== undefined && from !== to && !PARTS.includes(to)
}

/** The subject of the backend that a file belongs to: each is a noun of the contract. */
const subjectOf = (path: string): string | undefined => {
  const room = /^electron\/backend\/([^/]+)\//.exec(path)?.[1]
  return NOUNS.find(noun => noun === room)
}

/** Subjects know each other through what their `index.ts` gives away. */
function isInside(file: string, target: string): boolean {
  const [from, to] = [subjectOf(file), subjectOf(target)]
  return from !== undefined && to !== undefined && from !== to && !target.endsWith(`/${to}/index.ts`)
}

function allowed(
  file: string,
  { specifier, typeOnly }: Import,
  [place, allowance]: readonly [string, Allowance],
): boolean {
  if (specifier.startsWith('.')) {
    const target = join(dirname(file), specifier)
    if (isAcross(file, target) || isInside(file, target)) return false
    const own = allowance.ownRoom ? [place, ...allowance.own] : allowance.own
    return lies(target, own) || (typeOnly && lies(target, allowance.typesOf ?? []))
  }
  if (isBuiltin(specifier)) return allowance.node && specifier.startsWith('node:')
  return packageAllowed(specifier, allowance.packages)
}

/** The imports of a file that the table does not allow, each as a sentence. */
export function forbiddenImports(file: SourceFile): string[] {
  const row = importTable.find(([place]) => lies(file.path, [place]))
  if (row === undefined) return [`${file.path}: no row of the import table is about this place`]
  const [place] = row
  return importsOf(file)
    .filter(one => !allowed(file.path, one, row))
    .map(one => `${file.path}:${one.line}: ${place} may not import ${one.specifier}`)
}

/** Files that import each other in a ring, types included, each ring as `a → b → a`. */
export function importCircles(files: readonly SourceFile[]): string[] {
  const known = new Set(files.map(({ path }) => path))
  const targets = new Map(
    files.map(file => [
      file.path,
      importsOf(file)
        .filter(({ specifier }) => specifier.startsWith('.'))
        .map(({ specifier }) => join(dirname(file.path), specifier))
        .filter(path => known.has(path)),
    ]),
  )
  const circles: string[] = []
  const done = new Set<string>()
  const visit = (path: string, way: readonly string[]): void => {
    const at = way.indexOf(path)
    if (at >= 0) circles.push([...way.slice(at), path].join(' → '))
    if (at >= 0 || done.has(path)) return
    for (const target of targets.get(path) ?? []) visit(target, [...way, path])
    done.add(path)
  }
  for (const { path } of files) visit(path, [])
  return circles
}
