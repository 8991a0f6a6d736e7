import { basename } from 'node:path/posix'
import { isNode, lineAt, type SourceFile, type SyntaxNode, syntaxOf, walk } from './sources.ts'

export const MAX_FILE_LINES = 400
export const MAX_FUNCTION_LINES = 69

/**
 * Where `Number(…)` may stand, how often, and why it is not money there. Digits of a number that is no
 * amount, flags and places in an alphabet may become numbers; cents come from shared/money.ts alone.
 */
const numberCalls: Readonly<Record<string, { times: number; why: string }>> = {
  'shared/ledger/chain.ts': { times: 1, why: 'a place in the alphabet of the verification code' },
  'shared/rules/account/scan-line.ts': { times: 1, why: 'one digit, for the check digit' },
  'shared/rules/receipt/allocate.ts': { times: 2, why: 'a flag, for the order of items' },
  'shared/rules/deposit/aba.ts': { times: 1, why: 'one digit of a routing number' },
  'db/accounts/pull/mirror-rows.ts': { times: 1, why: 'the rowid of an account' },
  'db/central/apply.ts': { times: 1, why: 'how many rows were changed' },
  'db/central/bulk.ts': { times: 2, why: 'how many rows were changed' },
  'db/file/sqlite-file.ts': { times: 1, why: 'the version of a schema' },
  'db/account-file/cell-values.ts': { times: 1, why: 'day or month of a date' },
}

const productFolders = ['shared/', 'renderer/', 'electron/backend/', 'db/', 'central/']
const roundingNames = new Set(['parseFloat', 'toFixed'])
const suppression =
  /@ts-(?:ignore|expect-error|nocheck)|biome-ignore|eslint-disable|prettier-ignore|(?:istanbul|v8|c8) ignore/
const unfinished = /\b(?:TODO|FIXME|XXX)\b/
const vagueNames = /^(?:utils?|helpers?|managers?|services?|misc|common)$/

const functionTypes = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'])

const at = (file: SourceFile, node: { start: number }, words: string): string =>
  `${file.path}:${lineAt(file.text, node.start)}: ${words}`

const linesOf = (text: string): number => text.trimEnd().split('\n').length

/** Whether a function is the body of `describe(…)`, which is a chapter rather than a function. */
function isChapter(parent: SyntaxNode | undefined): boolean {
  if (parent?.type !== 'CallExpression' || !isNode(parent.callee)) return false
  let callee = parent.callee
  while (callee.type !== 'Identifier') {
    const inner = callee.type === 'CallExpression' ? callee.callee : callee.object
    if (!isNode(inner)) return false
    callee = inner
  }
  return callee.name === 'describe'
}

function functionTooLong(file: SourceFile, node: SyntaxNode, parent: SyntaxNode | undefined): string[] {
  if (!functionTypes.has(node.type) || isChapter(parent)) return []
  const lines = linesOf(file.text.slice(node.start, node.end))
  return lines > MAX_FUNCTION_LINES ? [at(file, node, `a function of ${lines} lines`)] : []
}

function roundingName(file: SourceFile, node: SyntaxNode): string[] {
  if (file.path === 'shared/money.ts' || file.path.startsWith('bench/')) return []
  if (node.type !== 'Identifier' || !roundingNames.has(String(node.name))) return []
  return [at(file, node, `${String(node.name)} outside shared/money.ts`)]
}

function onlyThisTest(file: SourceFile, node: SyntaxNode): string[] {
  if (node.type !== 'MemberExpression' || !isNode(node.object) || !isNode(node.property)) return []
  const runner = ['test', 'it', 'describe'].includes(String(node.object.name))
  return runner && node.property.name === 'only' ? [at(file, node, 'runs only this test')] : []
}

/** SQLite in the middle of a statement, or being loaded, takes the whole program with a thread that is torn down. */
function tornDown(file: SourceFile, node: SyntaxNode): string[] {
  if (!productFolders.some(folder => file.path.startsWith(folder))) return []
  if (node.type !== 'MemberExpression' || !isNode(node.property) || node.property.name !== 'terminate')
    return []
  return [at(file, node, 'a thread torn down; ask it to stop')]
}

const isNumberCall = (node: SyntaxNode): boolean =>
  node.type === 'CallExpression' && isNode(node.callee) && node.callee.name === 'Number'

function numberCallsOver(file: SourceFile, calls: readonly SyntaxNode[]): string[] {
  if (file.path === 'shared/money.ts') return []
  if (!productFolders.some(folder => file.path.startsWith(folder))) return []
  const times = numberCalls[file.path]?.times ?? 0
  return calls.slice(times).map(node => at(file, node, 'Number( where money may pass; use shared/money.ts'))
}

/** What a TypeScript or JavaScript file does against the house's style, each as a sentence. */
export function styleFaults(file: SourceFile): string[] {
  const { program, comments } = syntaxOf(file)
  const faults: string[] = []
  const calls: SyntaxNode[] = []
  walk(program, (node, parent) => {
    if (node.type === 'TSAnyKeyword') faults.push(at(file, node, 'any'))
    if (isNumberCall(node)) calls.push(node)
    faults.push(
      ...functionTooLong(file, node, parent),
      ...roundingName(file, node),
      ...onlyThisTest(file, node),
      ...tornDown(file, node),
    )
  })
  for (const comment of comments) {
    if (suppression.test(comment.value)) faults.push(at(file, comment, 'a suppression comment'))
    if (unfinished.test(comment.value)) faults.push(at(file, comment, 'unfinished work in a comment'))
  }
  return [...faults, ...numberCallsOver(file, calls)]
}

/** A schema step is frozen as one text once it is released, however long it is. */
const isSchemaStep = (path: string): boolean => /^db\/.+\/\d{4}-[a-z-]+\.sql$/.test(path)

/** What any file may do wrong by its length or its name. */
export function fileFaults({ path, text }: SourceFile): string[] {
  const lines = linesOf(text)
  const stem = basename(path).split('.')[0] ?? ''
  return [
    ...(lines > MAX_FILE_LINES && !isSchemaStep(path) ? [`${path}: ${lines} lines`] : []),
    ...(/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(stem) ? [] : [`${path}: not a kebab-case name`]),
    ...(path.split(/[/.]/).some(part => vagueNames.test(part)) ? [`${path}: a name that says nothing`] : []),
  ]
}

/** PostgreSQL has no STRICT, since it takes no other type than a column's; central's columns have one of two. */
function tableFault(path: string, name: string, statement: string): string[] {
  if (!path.startsWith('db/central/'))
    return /\)[^)]*\bSTRICT\b[^)]*$/i.test(statement) ? [] : [`${path}: table ${name} is not STRICT`]
  return [...statement.matchAll(/^ {2}([a-z_]+) (\w+)/gm)]
    .filter(([, , type = '']) => type !== 'TEXT' && type !== 'BIGINT')
    .map(([, column]) => `${path}: ${column} of ${name} is neither TEXT nor BIGINT`)
}

/** Columns that round money, and tables that take any type, in SQL. */
export function sqlFaults({ path, text }: SourceFile): string[] {
  const statements = text
    .replace(/--[^\n]*/g, '')
    .replace(/'[^']*'/g, "''")
    .split(';')
  return statements.flatMap(statement => {
    const name = /CREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?(\S+)/i.exec(statement)?.[1]
    const rounding = /\b(?:REAL|FLOAT|DOUBLE|NUMERIC|DECIMAL)\b/i.exec(statement)?.[0]
    return [
      ...(rounding === undefined ? [] : [`${path}: ${rounding} in ${name ?? 'a statement'}`]),
      ...(name === undefined ? [] : tableFault(path, name, statement)),
    ]
  })
}

/** SQL that makes tables, from the texts of a TypeScript file. */
export function tableSqlIn(file: SourceFile): SourceFile[] {
  const found: SourceFile[] = []
  walk(syntaxOf(file).program, node => {
    const isText =
      node.type === 'TemplateLiteral' || (node.type === 'Literal' && typeof node.value === 'string')
    const text = file.text.slice(node.start + 1, node.end - 1)
    if (isText && /CREATE\s+TABLE/i.test(text)) found.push({ path: file.path, text })
  })
  return found
}
