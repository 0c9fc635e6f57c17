import { defineConfig } from '@playwright/test';

import stories from './playwright.config.ts';

/** `npm run test:texts`: no stories, but a walk through every state of every screen in the pseudo language. */
export default defineConfig({
  ...stories,
  testMatch: 'texts.walk.ts',
  reporter: [['list'], ['json', { outputFile: '../../dist/test-results/texts.json' }]],
});
