// A Karma reporter: leaves the counts of a run where scripts/test.ts reads them (see results.ts).
const { mkdirSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const FOLDER = join(__dirname, '../../dist/test-results');

function ResultsReporter() {
  this.onRunComplete = (browsers, results) => {
    const skipped = browsers
      .map((browser) => browser.lastResult.skipped)
      .reduce((sum, count) => sum + count, 0);
    // An error is a page that could not run its specs at all.
    const failed = results.failed + (results.error || results.disconnected ? 1 : 0);
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(join(FOLDER, 'web.json'), JSON.stringify({ passed: results.success, failed, skipped }));
  };
}

module.exports = { 'reporter:results': ['type', ResultsReporter] };
