/** @typedef {typeof import('./test-count.d.mts')} Surface */

/** @type {Surface['countResults']} */
export const countResults = ({ report, testsCode, failedChecks }) => {
  if (report === undefined) return { passed: 0, failed: failedChecks + 1, skipped: 0 }
  const brokenFiles = report.testResults.filter(
    file => file.status === 'failed' && !file.assertionResults.some(result => result.status === 'failed'),
  ).length
  const failedTests = report.numFailedTests + brokenFiles
  // The runner also fails for an error outside of any test, and when it found no test at all.
  const unexplained = testsCode !== 0 && failedTests === 0 ? 1 : 0
  return {
    passed: report.numPassedTests,
    failed: failedTests + unexplained + failedChecks,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}
