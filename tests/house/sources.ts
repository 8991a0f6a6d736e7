import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync } from 'vite'
import { root } from '../../build/setup.mjs'

/** A file of the project: its path from the root with forward slashes, and what it says. */
export interface SourceFile {
  path: string
  text: string
}

/** Any node of the syntax tree; its parts are looked at one by one. */
export interface SyntaxNode {
  type: string
  start: number
  end: number
  [part: string]: unknown
}

export interface Syntax {
  program: SyntaxNode
  comments: { value: string; start: number }[]
}

/** Every file below the given folders whose name ends in one of the endings. */
export function filesBelow(folders: readonly string[], endings: readonly string[]): SourceFile[] {
  return folders.flatMap(folder =>
    readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
      .filter(entry => entry.isFile() && endings.some(ending => entry.name.endsWith(ending)))
      .map(entry => join(entry.parentPath, entry.name))
      .map(file => ({
        path: file
          .slice(root.length + 1)
          .split('\\')
          .join('/'),
        text: readFileSync(file, 'utf8'),
      })),
  )
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
}

/** The syntax tree of a TypeScript or JavaScript file. Refuses what does not parse. */
export function syntaxOf({ path, text }: SourceFile): Syntax {
  const { program, comments, errors } = parseSync(path, text)
  if (errors.length > 0) throw new Error(`${path} does not parse: ${errors[0]?.message ?? ''}`)
  const tree: unknown = program
  if (!isNode(tree)) throw new Error(`${path} has no syntax tree`)
  return { program: tree, comments }
}

/** Calls `visit` for every node below `node`, parents first. */
export function walk(
  node: SyntaxNode,
  visit: (node: SyntaxNode, parent: SyntaxNode | undefined) => void,
  parent?: SyntaxNode,
): void {
  visit(node, parent)
  for (const part of Object.values(node)) {
    for (const child of Array.isArray(part) ? part : [part]) {
      if (isNode(child)) walk(child, visit, node)
    }
  }
}

/** The one-based line of a position in a text. */
export function lineAt(text: string, position: number): number {
  return text.slice(0, position).split('\n').length
}
