/** How much the fault tests try: a share of it with every test run, all of it with `npm run faults`. */
export function scaled(name: string, inTests: number, inFaults: number): number {
  const given = Number.parseInt(process.env[`TILLPROOF_${name}`] ?? '', 10)
  if (Number.isSafeInteger(given) && given > 0) return given
  return process.env.npm_lifecycle_event === 'faults' ? inFaults : inTests
}
