import './facts.css'

interface FactsProps {
  /** Name and value; a value of null leaves the fact out. */
  facts: readonly (readonly [name: string, value: string | null])[]
  /** One under the other with a line between, instead of side by side. */
  rows?: boolean
}

/** Facts as names with their values. */
export function Facts({ facts, rows = false }: FactsProps) {
  return (
    <dl className={rows ? 'facts rows' : 'facts'}>
      {facts.map(([name, value]) =>
        value === null ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  )
}
