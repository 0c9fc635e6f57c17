import { defineConfig } from '@playwright/test';

import stories from './playwright.config.ts';

const { grepInvert, ...shared } = stories;

/** `npm run test:looks`: axe on every screen in light, dark, high contrast and forced colours. */
export default defineConfig({
  ...shared,
  ...(grepInvert && { grep: grepInvert }),
  reporter: [['list'], ['json', { outputFile: '../../dist/test-results/looks.json' }]],
});
