// A Jasmine helper: leaves the counts of a run where scripts/test.ts reads them. Results on the screen stay Jasmine's own.
import { saveCounts } from './results.ts';

const counts = { passed: 0, failed: 0, skipped: 0 };

jasmine.getEnv().addReporter({
  specDone({ status }) {
    if (status === 'passed') counts.passed += 1;
    else if (status === 'failed') counts.failed += 1;
    // Jasmine calls specs that a focused neighbour leaves out "excluded", and switched off ones "pending".
    else counts.skipped += 1;
  },
  // Errors outside a spec: a file that cannot be loaded, an afterAll that throws.
  suiteDone({ failedExpectations }) {
    counts.failed += failedExpectations.length;
  },
  jasmineDone({ failedExpectations }) {
    counts.failed += failedExpectations.length;
    saveCounts('server', counts);
  },
});
