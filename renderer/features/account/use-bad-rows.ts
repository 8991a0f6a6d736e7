import { useState } from 'react'
import { client } from '../../client.ts'
import { importText } from '../../text/account/import.ts'
import { sayError } from '../../text/refusals/refusals.ts'
import { saveFile } from '../../ui/save-file.ts'
import type { ImportPreview } from './import-form.ts'

/** Saves the rows of an import that did not go in, all of them, as CSV. */
export function useBadRows({ uploadId, fileName }: ImportPreview) {
  const [problem, setProblem] = useState<string | null>(null)
  const save = () => {
    setProblem(null)
    client.account.badRows({ uploadId }).then(
      file => saveFile(file, importText.badFileName(fileName)),
      error => setProblem(sayError(error)),
    )
  }
  return { save, problem }
}
