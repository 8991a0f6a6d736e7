/** What axe has to say of a page by the rules of WCAG 2.2 AA. */
import { createRequire } from 'node:module'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** The very axe that AxeBuilder would bring. */
const { source } = createRequire(createRequire(import.meta.url).resolve('@axe-core/playwright'))(
  'axe-core',
) as {
  source: string
}

interface Violation {
  id: string
  nodes: { target: unknown[] }[]
}

const RUN = `axe.run(document, ${JSON.stringify({ runOnly: RULES, resultTypes: ['violations'] })})
  .then(({ violations }) => violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ target }) => ({ target })) })))`

/**
 * AxeBuilder opens a page of its own and hands axe over anew at each look, which takes longer than looking; a page
 * without frames keeps its axe and is asked directly.
 */
async function violationsIn(page: Page): Promise<Violation[]> {
  if (page.frames().length > 1) return (await new AxeBuilder({ page }).withTags(RULES).analyze()).violations
  if (!(await page.evaluate<boolean>(`'axe' in window`))) await page.evaluate(source)
  return page.evaluate<Violation[]>(RUN)
}

/** Each rule that the page as it stands breaks, with the places where; nothing for a page that is clean. */
export async function violationsOn(page: Page): Promise<string[]> {
  const violations = await violationsIn(page)
  return violations.map(({ id, nodes }) => `${id} at ${nodes.map(node => node.target.join(' ')).join(', ')}`)
}
