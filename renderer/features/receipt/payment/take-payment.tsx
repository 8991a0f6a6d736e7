import { useLocation } from 'wouter'
import { CASH } from '../../../../shared/tenders.ts'
import { WINDOW } from '../../../text/receipt/window.ts'
import { useTill } from '../../../till.ts'
import { ConfirmDialog } from '../../../ui/dialog/dialogs.tsx'
import { Screen } from '../../../ui/screen.tsx'
import { isEmpty, withFirstSight, withItemText, withLine, withoutTender, withSeen } from '../basket/basket.ts'
import { BasketPanel } from '../basket/basket-panel.tsx'
import { type Desk, type DeskInput, useDesk } from '../window/use-desk.ts'
import { FeeDialog, MoreTenders, ResumeDialog, SuspendDialog } from '../window/window-dialogs.tsx'
import { windowKeys } from '../window/window-keys.ts'
import { LimitDialog } from './limit-dialog.tsx'
import { NoteDialog } from './note-dialog.tsx'
import { PayPanel } from './pay-panel.tsx'
import { PostedView } from './posted-view.tsx'

/** The name under which a basket is likely to be looked for: the first thing typed for it is on its first line. */
function proposedName(desk: Desk): string {
  return WINDOW.howMany(desk.basket.draft.lines.length)
}

function Dialogs({ desk, input }: { desk: Desk; input: DeskInput }) {
  const { dialog, setDialog, basket, actions, taking } = desk
  const close = () => setDialog(null)
  switch (dialog) {
    case 'fee':
      return (
        <FeeDialog
          catalog={input.catalog}
          onClose={close}
          onPick={item => {
            taking.addItem(item)
            close()
          }}
        />
      )
    case 'more':
      return <MoreTenders types={input.types} onPick={actions.openTender} onClose={close} />
    case 'suspend':
      return (
        <SuspendDialog
          basketId={basket.draft.basketId}
          proposedName={proposedName(desk)}
          flush={basket.flush}
          onSuspended={() => actions.startWith()}
          onClose={close}
        />
      )
    case 'resume':
      return <ResumeDialog onResumed={actions.startWith} onClose={close} />
    case 'pieces':
      return (
        <NoteDialog
          basketId={basket.draft.basketId}
          payCents={desk.cashDueCents}
          denominations={input.settings.denominations}
          onNoted={actions.noteCash}
          onClose={close}
        />
      )
    case 'limit':
      return <LimitDialog onLifted={actions.limitLifted} onClose={close} />
    case 'discard':
      return (
        <ConfirmDialog
          title={WINDOW.discardTitle}
          confirmLabel={WINDOW.discard}
          cancelLabel={WINDOW.keep}
          onConfirm={actions.discard}
          onCancel={close}
        >
          {[WINDOW.discardLabels, actions.givesBack].join(' ').trim()}
        </ConfirmDialog>
      )
    case null:
      return null
  }
}

function Panels({ desk, input }: { desk: Desk; input: DeskInput }) {
  const { basket, payment, actions } = desk
  const { draft, change } = basket
  return (
    <>
      <BasketPanel
        find={desk.find}
        findRef={desk.findBox}
        draft={draft}
        settings={input.settings}
        catalog={input.catalog}
        fresh={desk.taking.fresh}
        problem={basket.problem}
        said={desk.taking.said}
        onLine={(index, line) => change(d => withLine(d, index, line))}
        onRemove={actions.removeLine}
        onSight={(account, how) =>
          change(d => (how === 'first' ? withFirstSight(d, account) : withSeen(d, account)))
        }
        onItemText={(accountId, typed) => change(d => withItemText(d, accountId, typed))}
        stoppedLine={desk.posting.stoppedLine}
        posting={desk.posting.pending}
        onEmptyEnter={actions.postByEnter}
      />
      <PayPanel
        draft={draft}
        figures={desk.figures}
        types={input.types}
        form={payment.form}
        problem={desk.problem}
        ready={desk.posting.ready}
        complete={desk.posting.complete}
        posting={desk.posting.pending}
        onNextCustomer={desk.posting.postedElsewhere === null ? null : () => actions.startWith()}
        postRef={desk.postButton}
        onForm={payment.edit}
        onAdd={actions.addTender}
        onTakeBack={index => {
          change(d => withoutTender(d, index))
          // What was refused may have been this one.
          desk.posting.clear()
          desk.toFind()
        }}
        onPost={actions.post}
      />
    </>
  )
}

/** The Window with an open drawer: find, basket, payment, post, change, next customer. */
export function TakePayment(input: DeskInput) {
  const { suspendedCount } = useTill()
  const [, go] = useLocation()
  const desk = useDesk(input)
  const { posted, setDialog, actions } = desk
  if (posted !== null) {
    return (
      <PostedView
        posted={posted}
        denominations={input.settings.denominations}
        onNext={() => actions.startWith()}
      />
    )
  }
  const keys = windowKeys(
    {
      tender: actions.openTender,
      more: () => setDialog('more'),
      suspend: () => setDialog('suspend'),
      resume: () => setDialog('resume'),
      post: actions.post,
      postByEnter: actions.postByEnter,
      nextCustomer: () => actions.startWith(),
      fee: () => setDialog('fee'),
      drawer: () => go('/drawer'),
      find: desk.toFind,
      removeLine: actions.removeLine,
      back: actions.back,
    },
    {
      types: input.types,
      empty: isEmpty(desk.basket.draft),
      enteringCash: desk.payment.form?.tender === CASH,
      postedElsewhere: desk.posting.postedElsewhere !== null,
      suspendedCount,
    },
  )
  return (
    <Screen title={WINDOW.title} fixed className="window" keys={keys}>
      <Panels desk={desk} input={input} />
      <Dialogs desk={desk} input={input} />
    </Screen>
  )
}
