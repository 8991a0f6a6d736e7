import { cents, formatCents } from '../../../../shared/money.ts'
import { historyText } from '../../../text/report/reports.ts'
import type { Point } from './history.ts'
import { type Axis, axisFor, barWidth, heightOf, middleOf, monthMarks } from './plot.ts'

const WIDTH = 1_000
const LEFT = 78
const RIGHT = 12
const INNER = WIDTH - LEFT - RIGHT
const BARS = { top: 26, height: 130 }
const LINE = { top: 196, height: 110 }
const HEIGHT = 338
const LABEL_ROOM = 62

interface OverShortChartProps {
  points: readonly Point[]
  /** The picture in words, for whoever does not see it. */
  label: string
}

/** Each session as a bar over or under nothing, and below it what they add up to from the first to the last. */
export function OverShortChart({ points, label }: OverShortChartProps) {
  const marks = monthMarks(
    points.map(point => point.businessDate),
    (LABEL_ROOM * points.length) / INNER,
  )
  return (
    <svg className="over-short-chart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      <Bars points={points} />
      <Line points={points} />
      {marks.map(({ index, label }) => (
        <text key={label} x={LEFT + middleOf(index, points.length, INNER)} y={HEIGHT - 8} className="month">
          {label}
        </text>
      ))}
    </svg>
  )
}

interface GridProps {
  axis: Axis
  place: { top: number; height: number }
  name: string
}

function Grid({ axis, place, name }: GridProps) {
  return (
    <>
      <text x={LEFT} y={place.top - 10} className="plot-name">
        {name}
      </text>
      {axis.ticks.map(tick => {
        const y = place.top + heightOf(tick, axis, place.height)
        return (
          <g key={tick}>
            <line x1={LEFT} x2={WIDTH - RIGHT} y1={y} y2={y} className={tick === 0 ? 'zero' : 'tick'} />
            <text x={LEFT - 10} y={y + 5} className="amount">
              {formatCents(cents(tick))}
            </text>
          </g>
        )
      })}
    </>
  )
}

function Bars({ points }: Pick<OverShortChartProps, 'points'>) {
  const axis = axisFor(points.map(point => point.overShortCents))
  const width = barWidth(points.length, INNER)
  const zero = BARS.top + heightOf(0, axis, BARS.height)
  return (
    <>
      <Grid axis={axis} place={BARS} name={historyText.bars} />
      {points.map((point, i) => {
        if (point.overShortCents === 0) return null
        const y = BARS.top + heightOf(point.overShortCents, axis, BARS.height)
        return (
          <rect
            key={`${point.sessionId} ${point.at}`}
            x={LEFT + middleOf(i, points.length, INNER) - width / 2}
            width={width}
            y={Math.min(y, zero)}
            height={Math.abs(y - zero)}
            className={point.overShortCents > 0 ? 'over' : 'short'}
          />
        )
      })}
    </>
  )
}

/** The sum is what it was until the next session closes. */
function stepsOf(places: readonly { x: number; y: number }[]): string {
  return places.map(({ x, y }, i) => `${x},${places[i - 1]?.y ?? y} ${x},${y}`).join(' ')
}

function Line({ points }: Pick<OverShortChartProps, 'points'>) {
  const axis = axisFor(points.map(point => point.cumulativeCents))
  const at = (point: Point, i: number) => ({
    x: LEFT + middleOf(i, points.length, INNER),
    y: LINE.top + heightOf(point.cumulativeCents, axis, LINE.height),
  })
  const places = points.map(at)
  const last = places.at(-1)
  return (
    <>
      <Grid axis={axis} place={LINE} name={historyText.line} />
      <polyline className="sum" points={stepsOf(places)} />
      {last !== undefined && <circle cx={last.x} cy={last.y} r={4} className="sum-end" />}
    </>
  )
}
