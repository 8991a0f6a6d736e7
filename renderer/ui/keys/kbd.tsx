const CAPS: Record<string, string> = { Escape: 'Esc', ArrowDown: '↓', ArrowUp: '↑' }

/** A key as it stands on the key cap: `Ctrl+K` as Ctrl K. */
export function Kbd({ children }: { children: string }) {
  return <kbd>{CAPS[children] ?? children.replace('+', ' ')}</kbd>
}
