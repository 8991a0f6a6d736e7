import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { UI } from '../../text/ui.ts'
import { ErrorNote } from '../parts.tsx'
import { Dialog } from './dialogs.tsx'

function useObjectUrl(file: Blob | null): string | null {
  const [url, setUrl] = useState<string | null>(null)
  useEffect(() => {
    if (file === null) return
    const made = URL.createObjectURL(file)
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [file])
  return url
}

interface PdfDialogProps {
  title: string
  /** Null while it is being made. */
  file: File | null
  problem?: string | null
  onClose: () => void
}

/** A document as the till made it, to look at, to open in a window of its own, or to save. */
export function PdfDialog({ title, file, problem = null, onClose }: PdfDialogProps) {
  const url = useObjectUrl(file)
  return (
    <Dialog title={title} onClose={onClose} size="min(920px, 94vw)">
      <div className="stack">
        <ErrorNote>{problem}</ErrorNote>
        {url === null || file === null ? (
          <p role="status">{problem === null ? UI.loading : ''}</p>
        ) : (
          <>
            <div className="row">
              <Button component="a" href={url} download={file.name} data-autofocus>
                {UI.save}
              </Button>
              <Button component="a" href={url} target="_blank" rel="noreferrer" variant="default">
                {UI.open}
              </Button>
              <span className="muted small">{file.name}</span>
            </div>
            <iframe className="document" title={UI.pdfOf(file.name)} src={url} />
          </>
        )}
      </div>
    </Dialog>
  )
}
