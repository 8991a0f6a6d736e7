export interface TestCount {
  passed: number
  failed: number
  skipped: number
}

/** The part of vitest's JSON report that is counted. */
export interface TestReport {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
  testResults: { status: string; assertionResults: { status: string }[] }[]
}

/**
 * Sums a test run up. A failed type check or lint counts as one failure each; so does a test file that
 * broke before its first test, a runner that failed without a failed test, and a missing report.
 */
export declare function countResults(run: {
  report: TestReport | undefined
  /** Exit code of the test runner. */
  testsCode: number
  failedChecks: number
}): TestCount
