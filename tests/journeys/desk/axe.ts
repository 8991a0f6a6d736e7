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

/** Rules that go by colors and sizes; all others go by the document, which is the same in every look. */
const OF_THE_LOOK = ['color-contrast', 'link-in-text-block', 'target-size']

const runOf = (
  runOnly: object,
) => `axe.run(document, ${JSON.stringify({ runOnly, resultTypes: ['violations'] })})
  .then(({ violations }) => violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ target }) => ({ target })) })))`
const RUN = runOf(RULES)
const RUN_AGAIN = runOf({ type: 'rule', values: OF_THE_LOOK })

/**
 * AxeBuilder opens a page of its own and hands axe over anew at each look, which takes longer than looking; a page
 * without frames keeps its axe and is asked directly.
 */
async function violationsIn(page: Page, run: string): Promise<Violation[]> {
  if (page.frames().length > 1) return (await new AxeBuilder({ page }).withTags(RULES).analyze()).violations
  if (!(await page.evaluate<boolean>(`'axe' in window`))) await page.evaluate(source)
  return page.evaluate<Violation[]>(run)
}

/**
 * Each rule that the page as it stands breaks, with the places where; nothing for a page that is clean. `isAgain` where the same
 * document was looked at before, and only its look is another.
 */
export async function violationsOn(page: Page, { isAgain = false } = {}): Promise<string[]> {
  const violations = await violationsIn(page, isAgain ? RUN_AGAIN : RUN)
  return violations.map(({ id, nodes }) => `${id} at ${nodes.map(node => node.target.join(' ')).join(', ')}`)
}
