/**
 * What has changed of a line's account since it was put in. Read out when there is time, and never taking the
 * cursor: a customer may be in the middle of paying. The place is there before the words, or they would be missed.
 */
export function LineNews({ message }: { message: readonly string[] }) {
  return (
    <div role="status" className={message.length === 0 ? 'whole line-news' : 'whole line-news warn-note'}>
      {message.map(sentence => (
        <p key={sentence}>{sentence}</p>
      ))}
    </div>
  )
}
