import { Box, NativeSelect } from '@mantine/core'
import { IMPORT_FIELDS } from '../../../shared/rules/account/account-file.ts'
import { FIELD_NAMES, IMPORT_PROBLEMS, importText } from '../../text/account/import.ts'
import { Panel } from '../../ui/parts.tsx'
import { type Column, RecordTable } from '../../ui/table/record-table.tsx'
import { type ImportForm, type ImportPreview, withColumn } from './import-form.ts'

interface ColumnMappingProps {
  preview: ImportPreview
  form: ImportForm
  onForm: (form: ImportForm) => void
}

/** For each of our fields the column of the file that holds it. */
export function ColumnMapping({ preview, form, onForm }: ColumnMappingProps) {
  const columns = preview.headers.filter(header => header !== '')
  return (
    <Panel title={importText.mappingTitle} hint={importText.mappingIntro} className="stack">
      <div className="import-mapping">
        {IMPORT_FIELDS.map((field, at) => (
          <NativeSelect
            key={field}
            label={FIELD_NAMES[field]}
            value={form.mapping[field] ?? ''}
            data={[{ value: '', label: importText.noColumn }, ...columns]}
            data-autofocus={at === 0 || undefined}
            onChange={event => onForm(withColumn(form, field, event.currentTarget.value))}
          />
        ))}
      </div>
    </Panel>
  )
}

export type BadRow = ImportPreview['problems'][number]

/** `shown` is what stands last: the value that is wrong, or the row that it is in. */
export const badRowColumns = (shown: 'value' | 'row'): readonly Column<BadRow>[] => [
  { title: importText.columns.line, number: true, cell: row => row.line },
  { title: importText.columns.column, cell: row => row.column },
  { title: importText.columns.reason, cell: row => IMPORT_PROBLEMS[row.reason] },
  { title: importText.columns[shown], cell: row => <span className="import-value">{row.value}</span> },
]
const FIRST_PROBLEM_COLUMNS = badRowColumns('value')

/** What is wrong in the first rows, by line. */
export function Problems({ preview }: { preview: ImportPreview }) {
  const { problems, missingFields } = preview
  if (problems.length === 0)
    return <Panel>{missingFields.length > 0 ? importText.notChecked : importText.noProblems}</Panel>
  const title = importText.problemsTitle(problems.length)
  return (
    <Panel title={title} className="stack">
      <div className="scroll import-problems">
        <RecordTable
          label={title}
          columns={FIRST_PROBLEM_COLUMNS}
          rows={problems}
          keyOf={row => `${row.line} ${row.column} ${row.reason}`}
        />
      </div>
    </Panel>
  )
}

/** The first rows as they stand in the file. */
export function FirstRows({ preview }: { preview: ImportPreview }) {
  const headers = preview.headers.filter(header => header !== '')
  const rows = preview.rows.map((cells, at) => ({ cells, line: at + 2 }))
  return (
    <Panel title={importText.previewTitle} className="stack">
      {rows.length === 0 ? (
        <p className="muted">{importText.noRows}</p>
      ) : (
        // A region that scrolls sideways must be reachable by keyboard to be scrolled by it.
        <Box role="region" className="scroll import-rows" aria-label={importText.previewTitle} tabIndex={0}>
          <RecordTable
            label={importText.previewTitle}
            columns={headers.map(header => ({
              title: header,
              cell: (row: (typeof rows)[number]) => row.cells[header] ?? '',
            }))}
            rows={rows}
            keyOf={row => String(row.line)}
          />
        </Box>
      )}
    </Panel>
  )
}
