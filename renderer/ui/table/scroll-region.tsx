import type { ReactNode } from 'react'

interface ScrollRegionProps {
  label: string
  className?: string
  children: ReactNode
}

/** What scrolls must be reached by the keyboard, or its end cannot be read without a mouse (WCAG 2.1.1). */
const REACHABLE = { tabIndex: 0 } as const

/** A named part of the screen that scrolls by itself. */
export function ScrollRegion({ label, className = '', children }: ScrollRegionProps) {
  return (
    <section className={`scroll ${className}`} aria-label={label} {...REACHABLE}>
      {children}
    </section>
  )
}
