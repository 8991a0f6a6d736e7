import { useLocation } from 'wouter'
import type { CountResult, CountSheet } from '../../../../shared/contract/session-fields.ts'
import { client } from '../../../client.ts'
import { useSending } from '../../../command.ts'
import { closeText } from '../../../text/session/close.ts'
import { type CountLabels, CountStage, type FinishedCount } from '../../count/count-stage.tsx'
import { forgetCount } from '../../count/use-count-draft.ts'
import { UnsentNote } from '../reading/session-at-central.tsx'

interface OwnCountProps {
  sheet: CountSheet
  onCounted: (result: CountResult) => void
  /** The till's answer is being asked for after a count. */
  waiting: boolean
}

const LABELS: Record<1 | 2, CountLabels> = {
  1: {
    title: closeText.titles[1],
    hint: closeText.intro,
    finish: closeText.keys.finish,
    back: closeText.keys.back,
  },
  2: {
    title: closeText.titles[2],
    hint: closeText.recountIntro,
    finish: closeText.keys.finish,
    back: closeText.keys.back,
    announced: closeText.recountAnnounced,
  },
}

/** A cashier's own count at the end of a session, the first or the second. */
export function OwnCount({ sheet, onCounted, waiting }: OwnCountProps) {
  const [, go] = useLocation()
  const count = useSending<FinishedCount, CountResult>({
    send: ({ commandId, ...found }) => client.session.count({ commandId, count: found }),
    done: result => {
      forgetCount(sheet, 'count')
      onCounted(result)
    },
  })
  return (
    <CountStage
      sheet={sheet}
      purpose="count"
      labels={{ ...LABELS[sheet.round === 1 ? 1 : 2], note: <UnsentNote sessionId={sheet.sessionId} /> }}
      busy={count.pending || waiting}
      problem={count.problem}
      onFinish={count.run}
      onBack={() => go('/')}
    />
  )
}
