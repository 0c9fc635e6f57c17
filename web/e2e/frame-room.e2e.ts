import type { Locator, Page, Route } from '@playwright/test';
import { connectorApp, tryItNow } from './webhook-set-up.ts';
import { expectAccessible, expectNoSidewaysScroll } from './page-checks.ts';
import { expect, test } from './world.ts';

// What the frame adds to a page has its own room: it neither covers nor moves what one works with.

interface Edges {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

async function edgesOf(part: Locator): Promise<Edges> {
  const box = await part.boundingBox();
  if (box === null) throw new Error(`${String(part)} is not to be seen`);
  return { top: box.y, bottom: box.y + box.height, left: box.x, right: box.x + box.width };
}

const header = (page: Page): Locator => page.locator('app-header');

for (const width of [1440, 1024, 390]) {
  test(`the session warning covers nothing at ${width} px, also where a page fills the window`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height: 844 });
    await tryItNow(page);
    await endSoon(page);
    await page.reload();
    const warning = page.getByRole('alertdialog', { name: 'Your session is about to end' });
    await expect(warning).toBeVisible();
    const [above, strip, below] = [
      await edgesOf(header(page)),
      await edgesOf(warning),
      await edgesOf(page.locator('main')),
    ];
    expect(strip.top).toBeGreaterThanOrEqual(above.bottom);
    expect(below.top).toBeGreaterThanOrEqual(strip.bottom);
    expect(below.bottom).toBeLessThanOrEqual(844);
    await expect(page.getByRole('textbox', { name: 'Message' })).toBeInViewport();
    await expectAccessible(page, 'a session warning');
  });

  test(`a toast covers neither what saves nor what sends at ${width} px, and its line is whole`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height: 844 });
    await tryItNow(page);
    await tellDefect(page);
    const toast = page.locator('.toast');
    const outlet = await edgesOf(page.locator('app-toast-outlet'));
    const whole = await edgesOf(toast);
    expect(whole.left - outlet.left).toBeGreaterThan(8);
    expect(outlet.right - whole.right).toBeGreaterThan(8);
    expect(await overlaps(toast, page.getByRole('textbox', { name: 'Message' }))).toBe(false);

    const { id } = await connectorApp(page);
    await page.goto(`/apps/${id}/edit`);
    await expect(page.getByRole('button', { name: 'Save', exact: true })).toBeVisible();
    await tellDefect(page);
    expect(await overlaps(toast, page.getByRole('button', { name: 'Save', exact: true }))).toBe(false);
  });

  test(`details of the connection hang below its chip, the menu below the header at ${width} px`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height: 844 });
    await tryItNow(page);
    await page.goto('/apps');
    const chip = page.getByRole('button', { name: /^Connection/ });
    await chip.click();
    const box = await edgesOf(page.locator('#connection-details'));
    const { bottom, left, right } = await edgesOf(chip);
    expect(box.top - bottom).toBeLessThan(12);
    expect(box.top).toBeGreaterThanOrEqual(bottom);
    expect(box.left).toBeLessThan(right);
    expect(box.right).toBeGreaterThan(left);
    expect(box.left).toBeGreaterThan(0);
    expect(box.right).toBeLessThan(width);
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: /, menu$/ }).click();
    await expect(page.getByRole('menuitem', { name: 'About' })).toBeVisible();
    const panel = await edgesOf(page.getByRole('menu'));
    expect(panel.top).toBeGreaterThanOrEqual((await edgesOf(header(page))).bottom);
    await page.getByRole('menuitem', { name: 'About' }).click();
    const about = page.getByRole('dialog', { name: 'About Connector API demo' });
    await expect(about).toContainText(/\d+\.\d+\.\d+/);
    await expectRing(about.getByRole('button', { name: 'Close' }));
    await expectAccessible(page, 'about');
  });
}

test('a lost connection leaves the header whole at 320 px, and says for how long in its details', async ({
  page,
}) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await tryItNow(page);
  await page.route('**/api/events*', (route) => route.abort());
  await page.goto('/apps');
  const chip = page.getByRole('button', { name: /^Connection: Reconnecting/ });
  await expect(chip).toBeVisible();
  await expectNoSidewaysScroll(page);
  const brand = page.getByRole('link', { name: 'Connector API demo, home' });
  expect(await overlaps(brand, page.locator('app-environment-chip'))).toBe(false);
  expect((await edgesOf(page.getByRole('button', { name: /, menu$/ }))).right).toBeLessThanOrEqual(320);
  await chip.click();
  await expect(page.locator('#connection-details')).toContainText(/Reconnecting \(for \d+ s\)/);
});

test('the keyboard shows where it is on buttons and in menus', async ({ page }) => {
  await tryItNow(page);
  await page.goto('/apps');
  await expect(page.getByRole('link', { name: 'Open chat with Demo connector' })).toBeVisible();
  await page.keyboard.press('?');
  await expectRing(page.getByRole('dialog', { name: 'Keyboard map' }).getByRole('button', { name: 'Close' }));
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /, menu$/ }).press('Enter');
  await expect(page.getByRole('menuitemradio', { name: 'Theme: system' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expectRing(page.getByRole('menuitemradio', { name: 'Theme: light' }));
});

for (const width of [1024, 700, 390]) {
  test(`what the keyboard reaches on a scrolled page is not behind the session warning at ${width} px`, async ({
    page,
  }) => {
    const warning = await openWarnedPage(page, { width, height: 500 });
    await page.locator('.sticky-foot a').focus();
    const reached = page.locator('main :focus');
    while ((await reached.count()) > 0) {
      expect(await overlaps(reached, warning)).toBe(false);
      await page.keyboard.press('Shift+Tab');
    }
    await expect(warning.getByRole('button', { name: 'Sign out' })).toBeFocused();
  });
}

for (const width of [640, 390, 320]) {
  test(`the session warning is in sight on a scrolled page at ${width} px, and leaves most of it`, async ({
    page,
  }) => {
    const warning = await openWarnedPage(page, { width, height: 640 });
    await expectInSight(page, warning);
    await warning.getByRole('button', { name: 'Stay signed in' }).click();
    await expect(warning).toBeHidden();
  });

  test(`so is the one of a session at its maximum length at ${width} px, which nobody can put off`, async ({
    page,
  }) => {
    const warning = await openWarnedPage(page, { width, height: 640 });
    await page.route('**/api/session', leaveLittleTime);
    await warning.getByRole('button', { name: 'Stay signed in' }).click();

    const last = page.getByRole('alertdialog', { name: 'Your session ends soon' });
    await expect(last).toBeVisible();
    await expectInSight(page, last);
    await expect(last.getByRole('button', { name: 'Sign in again' })).toBeInViewport({ ratio: 1 });
    await expectAccessible(page, 'a session that cannot be prolonged');
  });
}

/** A page that is longer than the window, at its end and with the warning. */
async function openWarnedPage(
  page: Page,
  size: { readonly width: number; readonly height: number },
): Promise<Locator> {
  await page.setViewportSize(size);
  await tryItNow(page);
  await endSoon(page);
  await page.goto('/apps/new');
  const warning = page.getByRole('alertdialog', { name: 'Your session is about to end' });
  await expect(warning).toBeVisible();
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  return warning;
}

/** All of the warning right below the header, with its reason, and most of a small window left. */
async function expectInSight(page: Page, warning: Locator): Promise<void> {
  await expect(warning.getByRole('timer')).toBeInViewport({ ratio: 1 });
  const { top, bottom } = await edgesOf(warning);
  expect(top).toBe((await edgesOf(header(page))).bottom);
  expect(bottom).toBeLessThan(640 / 3);
  await expect(warning.getByText('Nothing stored is lost')).toBeInViewport({ ratio: 1 });
}

async function expectRing(part: Locator): Promise<void> {
  await expect(part).toBeFocused();
  await expect(part).toHaveCSS('outline-style', 'solid');
  await expect(part).toHaveCSS('outline-width', '2px');
}

async function overlaps(one: Locator, other: Locator): Promise<boolean> {
  const [a, b] = [await edgesOf(one), await edgesOf(other)];
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** The browser's own way to tell a defect that nobody caught. */
async function tellDefect(page: Page): Promise<void> {
  await page.evaluate(() => reportError(new Error('planted')));
  await expect(page.locator('.toast')).toBeVisible();
}

async function endSoon(page: Page): Promise<void> {
  await page.route('**/api/session?peek', leaveLittleTime);
}

async function leaveLittleTime(route: Route): Promise<void> {
  const answer = await route.fetch();
  const session: unknown = await answer.json();
  await route.fulfill({ response: answer, json: { ...(session as object), expiresInMs: 100_000 } });
}
