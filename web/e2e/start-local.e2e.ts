import { runStartLocal } from '../../scripts/testing/run-start-local.ts';
import { ROOT } from '../../scripts/web-build.ts';
import { expect, test } from '@playwright/test';

test('npm run start-local prints an address where the app is, and leaves nothing behind when it is stopped', async ({
  page,
}, testInfo) => {
  const address = await (async () => {
    await using run = await runStartLocal({ folder: ROOT, env: { DATA_DIR: testInfo.outputPath('data') } });
    await page.goto(run.origin);
    await expect(page.getByRole('button', { name: 'Try it now' })).toBeVisible();
    return run.origin;
  })();

  await expect(fetch(address)).rejects.toThrow();
});
