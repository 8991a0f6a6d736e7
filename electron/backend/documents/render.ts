import { createRequire } from 'node:module'
import pdfmake, { type Content } from 'pdfmake'
import type { TDocumentDefinitions } from 'pdfmake/interfaces.js'
import { type Definition, GREY, INK, LETTER, LETTER_ACROSS, ROLL } from './definition.ts'
import { pageOf } from './page/labels.ts'
import { printable, printableCopy } from './page/printable.ts'
import { TABLE_LAYOUTS } from './page/table-layouts.ts'

// Found beside the pdfmake that is really loaded: in node_modules from the sources, and in the archive's
// node_modules from dist/main, because the bundler leaves named packages outside.
const locate = createRequire(import.meta.url)
const fontFile = (cut: string): string => locate.resolve(`pdfmake/fonts/Roboto/Roboto-${cut}.ttf`)
const FONT_FILES = { normal: fontFile('Regular'), bold: fontFile('Medium') } as const

function letterHead(text: string): Content {
  return { text, fontSize: 8, color: GREY, margin: [LETTER.marginX, 26, LETTER.marginX, 0] }
}

function letterFoot(of: { text: string; page: number; pageCount: number; inner: number }): Content {
  return {
    margin: [LETTER.marginX, 18, LETTER.marginX, 0],
    fontSize: 8,
    color: GREY,
    columns: [
      { text: of.text, width: of.inner - 104 },
      { text: pageOf(of.page, of.pageCount), width: 104, alignment: 'right' },
    ],
  }
}

function watermarkOf(text: string): NonNullable<TDocumentDefinitions['watermark']> {
  return { text, color: '#7a2222', opacity: 0.08, bold: true, angle: -52, fontSize: 190 }
}

function letterParts(definition: Definition): Partial<TDocumentDefinitions> {
  const foot = printable(definition.foot ?? '')
  const head = printable(definition.runningHead ?? '')
  const across = definition.paper === 'letter-across'
  const { inner } = across ? LETTER_ACROSS : LETTER
  return {
    pageSize: 'LETTER',
    pageOrientation: across ? 'landscape' : 'portrait',
    pageMargins: [LETTER.marginX, LETTER.marginTop, LETTER.marginX, LETTER.marginBottom],
    header: page => (page > 1 && head !== '' ? letterHead(head) : null),
    footer: (page, pageCount) => letterFoot({ text: foot, page, pageCount, inner }),
    // A title never stays behind alone at the foot of a page.
    pageBreakBefore: (node, around) =>
      node.headlineLevel === 1 && around.getFollowingNodesOnPage().length === 0,
    ...(definition.watermark === null ? {} : { watermark: watermarkOf(definition.watermark) }),
  }
}

const ROLL_PARTS = {
  pageMargins: [ROLL.marginX, ROLL.marginY, ROLL.marginX, ROLL.marginY],
} satisfies Partial<TDocumentDefinitions>

function pdfmakeDefinition(definition: Definition): TDocumentDefinitions {
  const letter = definition.paper !== '80mm'
  return {
    ...(letter
      ? letterParts(definition)
      : { ...ROLL_PARTS, pageSize: { width: ROLL.width, height: 'auto' } }),
    content: printableCopy(definition.content) as Content[],
    defaultStyle: {
      font: 'Roboto',
      fontSize: letter ? 9.5 : 8.5,
      lineHeight: 1.08,
      color: letter ? INK : 'black',
    },
    info: {
      title: printable(definition.title),
      creator: 'Tillproof',
      producer: 'Tillproof',
      creationDate: new Date(definition.createdAtMs),
    },
    language: 'en-US',
    displayTitle: true,
    version: '1.7',
    // Deflate gives other bytes on another processor or zlib; uncompressed, a receipt is the same everywhere.
    compress: false,
  }
}

pdfmake.setFonts({ Roboto: { ...FONT_FILES } })
pdfmake.setTableLayouts(TABLE_LAYOUTS)
// A paper is made of what it is given: nothing is fetched, and no file is read but the two fonts.
pdfmake.setUrlAccessPolicy(() => false)
pdfmake.setLocalAccessPolicy(path => path === FONT_FILES.normal || path === FONT_FILES.bold)

/**
 * The paper as PDF. The same definition gives the same bytes: the date is the document's own, the file's id
 * follows from it, nothing is compressed, and nothing outside the definition and the bundled fonts is read.
 */
export async function renderPdf(definition: Definition): Promise<Uint8Array> {
  return new Uint8Array(await pdfmake.createPdf(pdfmakeDefinition(definition)).getBuffer())
}
