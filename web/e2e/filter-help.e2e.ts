import type { Locator, Page } from '@playwright/test';

import { EVERY_LOOK, LOOKS, expectAccessible, expectNoSidewaysScroll } from './page-checks.ts';
import { startConversation } from './played-agent.ts';
import { expect, test } from './world.ts';

const field = (page: Page) => page.getByRole('searchbox', { name: 'Filter', exact: true });
const opener = (page: Page) => page.getByRole('button', { name: 'How to filter' });
const help = (page: Page) => page.getByRole('dialog', { name: 'How to filter' });
const openTab = (page: Page, name: string) => page.getByRole('tab', { name: new RegExp(name) }).click();

/** At 390 px one pane is shown at a time. */
async function resizeTo(page: Page, width: number): Promise<void> {
  await page.setViewportSize({ width, height: 768 });
  const pane = page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name: 'Inspector' });
  if (await pane.isVisible()) await pane.click();
}

async function box(locator: Locator) {
  const found = await locator.boundingBox();
  if (found === null) throw new Error('Nothing is there');
  return { ...found, right: found.x + found.width, bottom: found.y + found.height };
}

test('the filter explains itself at its field, by keyboard, and takes an example', async ({
  page,
  world,
}) => {
  const agent = await startConversation(page, world);
  const match = { eventType: 'ContentEvent' };
  await agent.faults({ on: 'call', kind: 'status', status: 503, count: 1, match });
  await page.getByRole('textbox', { name: 'Message', exact: true }).fill('Is anybody there?');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await openTab(page, 'Requests');
  const rows = page.getByRole('listbox', { name: 'Requests' }).getByRole('option');
  await expect(rows.filter({ hasText: '503' })).toHaveCount(1);
  await field(page).fill('type:content ');
  await page.keyboard.press('Tab');
  await expect(opener(page)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(help(page).getByRole('button').first()).toBeFocused();
  await expect(help(page)).toContainText('Columns: type, summary, method, host');

  await page.keyboard.press('Escape');
  await expect(help(page)).toHaveCount(0);
  await expect(opener(page)).toBeFocused();
  await page.keyboard.press('Enter');
  const example = help(page).getByRole('button', { name: 'status:5xx' });
  await expect(help(page).getByRole('button').first()).toBeFocused();
  await example.focus();
  await page.keyboard.press('Enter');

  await expect(help(page)).toHaveCount(0);
  await expect(field(page)).toBeFocused();
  await expect(field(page)).toHaveValue('type:content status:5xx');
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText('503');
  await page.keyboard.press('Shift+Home');
  await page.keyboard.type('foo:bar');
  await expect(page.getByText(/^No column “foo”, so it is looked for as a word/)).toBeVisible();
});

test('the filter’s help moves nothing, cuts no count, and is whole in the window', async ({
  page,
  world,
}) => {
  await startConversation(page, world);
  await openTab(page, 'Webhooks');
  await field(page).fill('type:content role:consumer');
  const matches = page.locator('app-inspector-tools .matches');
  const controls = page.locator('app-inspector-tools :is(button, input):not([popover] *)');
  for (const width of [1440, 1024, 390, 320]) {
    await resizeTo(page, width);
    await expect(matches).toHaveText(/^1 of \d+$/);
    const count = await box(matches);
    expect(await matches.evaluate((one) => one.scrollWidth - one.clientWidth)).toBeLessThanOrEqual(0);
    expect(count.right, `${width} px`).toBeLessThanOrEqual((await box(opener(page))).x + 1);
    expect((await box(opener(page))).right, `${width} px`).toBeLessThanOrEqual(
      (await box(field(page))).right,
    );
    const places = () =>
      controls.evaluateAll((all) => all.map((one) => JSON.stringify(one.getBoundingClientRect())));
    const before = await places();

    await opener(page).click();
    await expect(help(page).getByRole('button').first()).toBeFocused();
    const open = await box(help(page));
    expect(await places(), `${width} px`).toEqual(before);
    expect(open.y, `${width} px`).toBeGreaterThanOrEqual((await box(field(page))).bottom);
    expect(open.x, `${width} px`).toBeGreaterThanOrEqual(0);
    expect(open.right, `${width} px`).toBeLessThanOrEqual(width);
    expect(open.bottom, `${width} px`).toBeLessThanOrEqual(768);
    expect(await help(page).evaluate((one) => one.scrollWidth - one.clientWidth)).toBe(0);
    await expectNoSidewaysScroll(page);
    await page.keyboard.press('Escape');
    await expect(help(page)).toHaveCount(0);
  }
  // The whole of it stays within reach where the window is low.
  await page.setViewportSize({ width: 700, height: 320 });
  await opener(page).click();
  await help(page).getByText('Columns:').scrollIntoViewIfNeeded();
  await expect(help(page).getByText('Columns:')).toBeInViewport();
  expect((await box(help(page))).bottom).toBeLessThanOrEqual(320);
});

for (const { name, colorScheme, contrast } of LOOKS) {
  test(`axe finds nothing in the filter’s help, ${name}`, EVERY_LOOK, async ({ page, world }) => {
    test.slow();
    await page.emulateMedia({ colorScheme, contrast });
    await startConversation(page, world);
    for (const width of [1440, 390]) {
      await resizeTo(page, width);
      await openTab(page, 'Webhooks');
      await opener(page).click();
      await expect(help(page).getByRole('button').first()).toBeFocused();
      await expectAccessible(page, `${width} px`);
      await page.keyboard.press('Escape');
    }
  });
}
