import type { ComponentProps, MouseEvent } from 'react'

/**
 * The button under every button of the library. A disabled button loses the focus, and the next key goes nowhere;
 * so what cannot be pressed now says so, stays where it is, and does nothing.
 */
export function SteadyButton({ disabled, onClick, type = 'button', ...others }: ComponentProps<'button'>) {
  const off = disabled === true
  const click = (event: MouseEvent<HTMLButtonElement>) => {
    if (off) event.preventDefault()
    else onClick?.(event)
  }
  return <button {...others} type={type} aria-disabled={off || undefined} onClick={click} />
}
