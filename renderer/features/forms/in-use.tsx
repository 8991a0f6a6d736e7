import { adminText } from '../../text/setup/admin.ts'
import { Tag } from '../../ui/parts.tsx'

/** Whether a record is in use, as a word. */
export function InUse({ active }: { active: boolean }) {
  return active ? <Tag tone="good">{adminText.inUse}</Tag> : <Tag>{adminText.inactive}</Tag>
}
