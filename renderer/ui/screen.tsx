import { type ReactNode, useEffect, useRef, useState } from 'react'
import { DraftsOfScreen } from './drafts/drafts.ts'
import { focusBeginning, moveCursor, useCursorKept } from './keys/first-focus.ts'
import { KeyStrip } from './keys/key-strip.tsx'
import { type KeyDeclaration, useKeys } from './keys/keys.ts'

interface ScreenProps {
  title: string
  /** Keys of this screen, in the order of the strip. */
  keys?: readonly KeyDeclaration[]
  /** Shows the title above the content; otherwise only screen readers hear it. */
  heading?: boolean
  /** Fills the window and scrolls inside its panels, not as a whole. */
  fixed?: boolean
  className?: string
  children: ReactNode
}

/** One screen: its name for title bar and screen reader, its content, and its keys at the foot. */
export function Screen({
  title,
  keys = [],
  heading = false,
  fixed = false,
  className,
  children,
}: ScreenProps) {
  const place = useRef<HTMLElement>(null)
  const [drafts] = useState(() => new Map<string, string>())
  useKeys(keys)
  useEffect(() => {
    document.title = `${title} · Tillproof`
    return moveCursor(() => {
      // A field that took the focus itself keeps it.
      if (place.current?.contains(document.activeElement) !== true) focusBeginning()
    })
  }, [title])
  useCursorKept(place)
  const classes = [fixed ? 'fixed' : '', className ?? ''].filter(c => c !== '').join(' ')
  return (
    <div className="screen">
      <main ref={place} tabIndex={-1} className={classes}>
        <h1 tabIndex={-1} className={heading ? undefined : 'hidden-words'}>
          {title}
        </h1>
        <DraftsOfScreen value={drafts}>{children}</DraftsOfScreen>
      </main>
      <KeyStrip keys={keys} />
    </div>
  )
}
