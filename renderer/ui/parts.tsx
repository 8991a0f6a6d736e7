/** The small parts that screens are put together from. */
import { Progress } from '@mantine/core'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { UI } from '../text/ui.ts'

interface PanelProps {
  title?: string
  hint?: string
  className?: string
  /** Content brings its own edges. */
  bare?: boolean
  children: ReactNode
}

/** A white panel; its title names the region for screen readers. */
export function Panel({ title, hint, className = '', bare = false, children }: PanelProps) {
  const id = useId()
  return (
    <section
      className={`panel ${bare ? '' : 'padded'} ${className}`}
      aria-labelledby={title === undefined ? undefined : id}
    >
      {title !== undefined && <h2 id={id}>{title}</h2>}
      {hint !== undefined && <p className="muted small">{hint}</p>}
      {children}
    </section>
  )
}

/** A figure that must be read at arm's length, with its name above it. */
export function BigFigure({
  label,
  value,
  medium = false,
}: {
  label: string
  value: string
  medium?: boolean
}) {
  return (
    <div>
      <span className="figure-label">{label}</span>
      <strong className={medium ? 'figure medium' : 'figure'}>{value}</strong>
    </div>
  )
}

export type TagTone = 'plain' | 'warn' | 'bad' | 'good'

/** A state in one or two words; the words carry it, the colour only helps. */
export function Tag({ tone = 'plain', children }: { tone?: TagTone; children: ReactNode }) {
  return <span className={`tag ${tone}`}>{children}</span>
}

/** What went wrong and what to do; spoken at once, and brought into view. Nothing is shown for null. */
export function ErrorNote({ children }: { children: string | null }) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (children !== null) place.current?.scrollIntoView({ block: 'nearest' })
  }, [children])
  return children === null ? null : (
    <div ref={place} role="alert" className="error-note">
      {children}
    </div>
  )
}

interface ProgressPanelProps {
  label: string
  done: number
  /** Zero while it is not known. */
  total: number
}

/** How far long work has come, as a bar and in figures. */
export function ProgressPanel({ label, done, total }: ProgressPanelProps) {
  const percent = total === 0 ? 0 : Math.min(100, Math.floor((done * 100) / total))
  const figures = UI.progress(done.toLocaleString('en-US'), total.toLocaleString('en-US'))
  return (
    <div className="stack" role="status" aria-live="off">
      <div className="between">
        <span>{label}</span>
        <span className="muted">{total === 0 ? UI.loading : figures}</span>
      </div>
      <Progress value={percent} size="lg" aria-label={label} />
    </div>
  )
}
