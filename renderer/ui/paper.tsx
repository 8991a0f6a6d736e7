import { type ReactNode, useRef, useState } from 'react'
import { sayError } from '../text/refusals/refusals.ts'
import { PdfDialog } from './dialog/pdf-dialog.tsx'

interface Shown {
  title: string
  file: File | null
  problem: string | null
}

/** Shows a document that the till makes; `show` asks for it, `dialog` belongs at the end of the screen. */
export function usePaper(): { show: (title: string, load: () => Promise<File>) => void; dialog: ReactNode } {
  const [shown, setShown] = useState<Shown | null>(null)
  const asked = useRef(0)
  const show = (title: string, load: () => Promise<File>) => {
    asked.current += 1
    const mine = asked.current
    const put = (answer: Omit<Shown, 'title'>) => {
      // An answer to a document that was closed meanwhile opens nothing.
      if (asked.current === mine) setShown({ title, ...answer })
    }
    put({ file: null, problem: null })
    load().then(
      file => put({ file, problem: null }),
      error => put({ file: null, problem: sayError(error) }),
    )
  }
  const close = () => {
    asked.current += 1
    setShown(null)
  }
  return { show, dialog: shown === null ? null : <PdfDialog {...shown} onClose={close} /> }
}
