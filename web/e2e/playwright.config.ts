import { defineConfig } from '@playwright/test';
import { findNginx } from '../../scripts/testing/find-nginx.ts';

const RESULTS = '../../dist/test-results';

/** Chromium's own talk to the outside is off; root (containers, CI) has no sandbox, and containers a small /dev/shm. */
const CHROMIUM_FLAGS = [
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/** `npm run test:e2e` sets it to the browser it found (scripts/find-chromium.ts). */
const executablePath = process.env['CHROME_BIN'] ?? '/usr/bin/chromium';

export default defineConfig({
  testDir: '.',
  globalSetup: './require-build.ts',
  testMatch: '**/*.e2e.ts',
  // scripts/test.ts says so when it leaves this one out.
  testIgnore: findNginx() === undefined ? ['**/nginx.e2e.ts'] : [],
  // looks.config.ts has them: axe takes minutes.
  grepInvert: /@every-look/,
  outputDir: '../../dist/e2e',
  // Every test has a world of its own, and most of their time is waiting for the agent.
  workers: 2,
  fullyParallel: true,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: `${RESULTS}/browser.json` }]],
  use: {
    // Recording everything takes as much processor as the browser itself: `npm run test:e2e -- --trace on` when it is wanted.
    trace: 'off',
    screenshot: 'only-on-failure',
    locale: 'en-US',
    viewport: { width: 1440, height: 900 },
    launchOptions: { executablePath, args: CHROMIUM_FLAGS },
  },
});
