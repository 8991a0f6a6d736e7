import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { theme } from '../../../renderer/theme.ts'
import { SteadyButton } from '../../../renderer/ui/steady-button.tsx'

describe('a button that cannot be pressed now', () => {
  it('says so without being disabled, since a disabled button loses the focus', () => {
    const markup = renderToStaticMarkup(createElement(SteadyButton, { disabled: true }, 'Post'))
    expect(markup).toBe('<button type="button" aria-disabled="true">Post</button>')
  })

  it('sends its form as before where it can be pressed', () => {
    const markup = renderToStaticMarkup(createElement(SteadyButton, { type: 'submit' }, 'Open'))
    expect(markup).toBe('<button type="submit">Open</button>')
  })

  it('is under every button of the library', () => {
    const { Button } = theme.components ?? {}
    expect(Button?.defaultProps).toMatchObject({ component: SteadyButton })
  })
})
