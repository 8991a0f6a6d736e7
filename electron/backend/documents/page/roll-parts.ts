import type { Content } from 'pdfmake'
import { ROLL } from '../definition.ts'

/** A dashed line over the width that an 80 mm printer reaches. */
export function rollRule(): Content {
  const dash = { length: 2, space: 2 }
  return {
    canvas: [{ type: 'line', x1: 0, y1: 0, x2: ROLL.inner, y2: 0, lineWidth: 0.7, dash }],
    margin: [0, 6, 0, 6],
  }
}
