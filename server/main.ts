import { enableCompileCache } from 'node:module';
import { resolve } from 'node:path';

// Node keeps what it stripped and compiled, so that the next start does neither; where it cannot write, it goes without. Only what
// is loaded afterwards profits, hence the import below. What is kept would blur which lines a coverage run has seen.
if (process.env['NODE_V8_COVERAGE'] === undefined) {
  enableCompileCache(resolve(import.meta.dirname, '../node_modules/.cache/node-compile'));
}

const { runDemoApp } = await import('./demo-app.ts');
await runDemoApp();
