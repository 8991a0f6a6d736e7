import { Button, Checkbox, Radio, TextInput } from '@mantine/core'
import { importText } from '../../text/account/import.ts'
import type { ImportForm, ImportMode, MissingAccounts } from './import-form.ts'

interface ImportOptionsProps {
  form: ImportForm
  onForm: (form: ImportForm) => void
  onRun: () => void
  disabled: boolean
}

const MODES: readonly ImportMode[] = ['all-or-nothing', 'good-rows']
const MISSING: readonly MissingAccounts[] = ['keep', 'close']

/** What happens to bad rows, and to accounts that the file does not name. */
export function ImportOptions({ form, onForm, onRun, disabled }: ImportOptionsProps) {
  return (
    <>
      <Radio.Group
        label={importText.mode}
        value={form.mode}
        onChange={chosen => onForm({ ...form, mode: MODES.find(mode => mode === chosen) ?? form.mode })}
      >
        <div className="import-radios">
          {MODES.map(mode => (
            <Radio key={mode} value={mode} label={importText.modes[mode]} />
          ))}
        </div>
      </Radio.Group>
      <Radio.Group
        label={importText.missing}
        value={form.missingAccounts}
        onChange={chosen =>
          onForm({ ...form, missingAccounts: MISSING.find(way => way === chosen) ?? form.missingAccounts })
        }
      >
        <div className="import-radios">
          {MISSING.map(way => (
            <Radio key={way} value={way} label={importText.missings[way]} />
          ))}
        </div>
      </Radio.Group>
      <Checkbox
        label={importText.paymentsIncluded}
        description={importText.paymentsIncludedHint}
        checked={form.paymentsIncluded}
        onChange={event => onForm({ ...form, paymentsIncluded: event.currentTarget.checked })}
      />
      {form.paymentsIncluded && (
        <TextInput
          type="datetime-local"
          label={importText.paymentsThrough}
          description={importText.paymentsThroughHint}
          value={form.paymentsThrough}
          onChange={event => onForm({ ...form, paymentsThrough: event.currentTarget.value })}
        />
      )}
      <div>
        <Button onClick={onRun} disabled={disabled}>
          {importText.run}
        </Button>
      </div>
    </>
  )
}
