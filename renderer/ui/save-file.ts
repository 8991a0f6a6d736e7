/** Has the browser save a file under a name; where it asks, the person chooses the folder. */
export function saveFile(file: Blob, name: string): void {
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The download has begun by then; the address only holds memory.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
