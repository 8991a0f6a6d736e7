/** A PDF as the contract hands it over. */
export function pdfFile(name: string, pdf: Uint8Array): File {
  return new File([Uint8Array.from(pdf)], `${name}.pdf`, { type: 'application/pdf' })
}
