import type { Page } from '@playwright/test';
import { expect, test } from './world.ts';

/** Everything that the browser took for the page's largest thing until now, one after the other. */
function largestPaints(page: Page): Promise<readonly { readonly text: string; readonly size: number }[]> {
  return page.evaluate(
    () =>
      new Promise((resolve) => {
        new PerformanceObserver((list) =>
          resolve(
            list.getEntries().map((entry) => {
              const { element, size } = entry as PerformanceEntry & { element: Element | null; size: number };
              return { text: element?.textContent.trim() ?? 'gone by now', size };
            }),
          ),
        ).observe({ type: 'largest-contentful-paint', buffered: true });
      }),
  );
}

/** Keeps the answer to the question who is signed in back; gives what lets it come. */
async function holdSession(page: Page): Promise<() => void> {
  const held = Promise.withResolvers<undefined>();
  await page.route('**/api/session', async (route) => {
    await held.promise;
    await route.continue();
  });
  return () => held.resolve(undefined);
}

for (const [path, name, isSignedIn] of [
  ['/apps', 'Apps', true],
  ['/sign-in', 'See a connector at work', false],
] as const) {
  test(`${path} shows how its page begins until the page is there, and then once`, async ({ page }) => {
    if (isSignedIn) await page.request.post('/api/sign-in/demo');
    const release = await holdSession(page);
    const heading = page.getByRole('heading', { level: 1 });

    await page.goto(path, { waitUntil: 'commit' });
    // The frame is there already, the page is not.
    await expect(page.getByRole('main')).toBeAttached();
    await expect(heading).toHaveText(name);
    await expect(page.locator('main h1')).toHaveCount(0);
    const before = await heading.boundingBox();
    release();

    await expect(page.locator('main h1')).toHaveText(name);
    await expect(heading).toHaveCount(1);
    const after = await heading.boundingBox();
    expect([after?.x, after?.y]).toEqual([before?.x, before?.y]);
  });
}

test('on a phone the largest text of the list is there before the app is, and is not painted larger with it', async ({
  page,
}) => {
  await page.setViewportSize({ width: 412, height: 823 });
  await page.request.post('/api/sign-in/demo');
  const hasBegun = Promise.withResolvers<undefined>();
  await page.route('**/*.woff2', async (route) => {
    await hasBegun.promise;
    await route.continue();
  });
  const release = await holdSession(page);

  await page.goto('/apps', { waitUntil: 'commit' });
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Apps');
  const before = await largestPaints(page);
  expect(before.at(-1)?.text).toContain('The connector apps installed');
  hasBegun.resolve(undefined);
  release();

  await expect(page.getByRole('row')).not.toHaveCount(0);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  expect((await largestPaints(page)).map(({ size }) => size)).toEqual(before.map(({ size }) => size));
});

test('a session that has ended shows nothing of the apps on the way to sign-in', async ({
  page,
  context,
}) => {
  await page.request.post('/api/sign-in/demo');
  const cookies = await context.cookies();
  await page.request.post('/api/sign-out');
  await context.addCookies(cookies);
  const release = await holdSession(page);

  await page.goto('/apps', { waitUntil: 'commit' });

  await expect(page.getByRole('main')).toBeAttached();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('See a connector at work');
  release();
  await expect(page.getByRole('button', { name: 'Try it now' })).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('See a connector at work');
});
