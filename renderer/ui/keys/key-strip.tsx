import { useState } from 'react'
import { UI } from '../../text/ui.ts'
import { Dialog } from '../dialog/dialogs.tsx'
import { Kbd } from './kbd.tsx'
import { type KeyDeclaration, keysHeard, useKeys } from './keys.ts'

function StripKey({ declared }: { declared: KeyDeclaration }) {
  return (
    <button
      type="button"
      onClick={declared.run}
      // A click on the strip is a key: the focus stays where it is.
      onMouseDown={event => event.preventDefault()}
      disabled={declared.disabled === true}
      tabIndex={-1}
    >
      <Kbd>{declared.key}</Kbd>
      {declared.label}
    </button>
  )
}

/** The keys of the screen at its foot; each can also be clicked. `?` lists all that are heard. */
export function KeyStrip({ keys }: { keys: readonly KeyDeclaration[] }) {
  const [sheet, setSheet] = useState<readonly KeyDeclaration[] | null>(null)
  const all: KeyDeclaration = { key: '?', label: UI.allKeys, run: () => setSheet(keysHeard()) }
  useKeys([all])
  return (
    <nav className="keys" aria-label={UI.keysOfScreen}>
      {[...keys.filter(k => k.quiet !== true), all].map(k => (
        <StripKey key={k.key} declared={k} />
      ))}
      {sheet !== null && <KeySheet keys={sheet} onClose={() => setSheet(null)} />}
    </nav>
  )
}

function KeySheet({ keys, onClose }: { keys: readonly KeyDeclaration[]; onClose: () => void }) {
  return (
    <Dialog title={UI.keysOfScreen} onClose={onClose} size={760}>
      <dl className="key-sheet">
        {keys.map(k => (
          <div key={k.key}>
            <dt>
              <Kbd>{k.key}</Kbd>
            </dt>
            <dd>{k.label}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
