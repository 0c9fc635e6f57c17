import type { Locator, Page } from '@playwright/test';
import { EVERY_LOOK, expectAccessibleInForcedColors } from './page-checks.ts';
import { startConversation } from './played-agent.ts';
import { expect, test } from './world.ts';

// In forced colours the system chooses every colour: backgrounds and shadows are gone, only lines and text are left.
for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in forced colours, ${colorScheme}`, EVERY_LOOK, () => {
    test.use({ colorScheme, contextOptions: { forcedColors: 'active' } });

    test('menus have an edge, and show where the keyboard is and what is chosen', async ({ page }) => {
      await openApps(page);
      await page.getByRole('button', { name: 'More for Demo connector' }).press('Enter');
      await expectEdge(page.getByRole('menu'));
      await expect(page.getByRole('menuitem', { name: 'Open chat' })).toBeFocused();
      await page.keyboard.press('ArrowDown');
      await expectMarked(
        page.getByRole('menuitem', { name: 'Set up webhooks' }),
        page.getByRole('menuitem', { name: 'Edit' }),
      );
      await expectAccessibleInForcedColors(page, 'a row’s menu', '[role=menu]');
      await page.keyboard.press('Escape');
      await expect(page.getByRole('menu')).toHaveCount(0);

      await page.getByRole('button', { name: /, menu$/ }).press('Enter');
      const theme = page.getByRole('menuitemradio', { name: 'Theme: system' });
      await expect(theme.locator('app-icon')).toBeVisible();
      await expectEdge(page.getByRole('menu'));
      await expectAccessibleInForcedColors(page, 'the user’s menu', '[role=menu]');
    });

    test('dialogs have an edge, and their buttons too', async ({ page }) => {
      await openApps(page);
      await page.getByRole('button', { name: 'More for Demo connector' }).press('Enter');
      await page.getByRole('menuitem', { name: 'Disable' }).press('Enter');
      const dialog = page.getByRole('dialog', { name: 'Disable Demo connector?' });
      await expectEdge(dialog);
      await expectEdge(dialog.getByRole('button', { name: 'Cancel' }));
      const disable = dialog.getByRole('button', { name: 'Disable' });
      await expectEdge(disable);
      // A filled button loses its ground; its label must not keep the colour that was meant for it.
      expect(await labelColour(disable)).toEqual(
        await labelColour(dialog.getByRole('button', { name: 'Cancel' })),
      );
      await expectAccessibleInForcedColors(page, 'a dialog');
    });

    test('palette and keyboard map have an edge, and the palette shows what Enter does', async ({ page }) => {
      await openApps(page);
      await page.keyboard.press('Control+k');
      const palette = page.getByRole('dialog', { name: 'Commands' });
      await expectEdge(palette);
      const options = palette.getByRole('option');
      await expectMarked(options.nth(0), options.nth(1));
      await expectAccessibleInForcedColors(page, 'the palette');
      await page.keyboard.press('Escape');
      await expect(palette).toHaveCount(0);

      await page.keyboard.press('?');
      const map = page.getByRole('dialog', { name: 'Keyboard map' });
      await expectEdge(map);
      await expectEdge(map.locator('kbd').first());
      await expectAccessibleInForcedColors(page, 'the keyboard map');
    });

    test('the workbench shows which pane, tab and conversation is chosen, and that Send is disabled', async ({
      page,
      world,
    }) => {
      await startConversation(page, world);
      const colour = (part: Locator) => part.evaluate((each) => getComputedStyle(each).borderBottomColor);
      expect(await colour(page.getByRole('tab', { name: 'Timeline' }))).not.toEqual(
        await colour(page.getByRole('tab', { name: 'State' })),
      );
      const send = page.getByRole('button', { name: 'Send', exact: true });
      const close = page.getByRole('button', { name: 'Close conversation' });
      await expect(send).toHaveAttribute('aria-disabled', 'true');
      expect(await labelColour(send)).not.toEqual(await labelColour(close));

      await page.setViewportSize({ width: 390, height: 844 });
      const panes = page.getByRole('navigation', { name: 'Panes' });
      const ground = (part: Locator) => part.evaluate((each) => getComputedStyle(each).backgroundColor);
      expect(await ground(panes.getByRole('button', { name: 'Chat' }))).not.toEqual(
        await ground(panes.getByRole('button', { name: 'Inspector' })),
      );
      await panes.getByRole('button', { name: 'Conversations' }).click();
      await expectEdge(page.getByRole('list', { name: 'Conversations' }).getByRole('link').first());
    });

    test('toasts have an edge', async ({ page }) => {
      await openApps(page);
      await page.route('**/api/installations/*', (route) => route.abort());
      await page.getByRole('button', { name: 'More for Demo connector' }).press('Enter');
      await page.getByRole('menuitem', { name: 'Disable' }).press('Enter');
      await page.getByRole('button', { name: 'Disable', exact: true }).press('Enter');
      await expectEdge(page.locator('.toast'));
      await expectAccessibleInForcedColors(page, 'a toast');
    });

    test('the pill that holds is told from the others by its ground', async ({ page }) => {
      await openApps(page);
      await page.evaluate(() => {
        for (const [words, look] of [
          ['One', 'pill is-chosen'],
          ['Two', 'pill'],
        ] as const) {
          const pill = document.createElement('button');
          pill.textContent = words;
          pill.className = look;
          document.querySelector('main')?.append(pill);
        }
      });
      const ground = (pill: Locator) => pill.evaluate((each) => getComputedStyle(each).backgroundColor);
      expect(await ground(page.getByRole('button', { name: 'One' }))).not.toEqual(
        await ground(page.getByRole('button', { name: 'Two' })),
      );
    });
  });
}

async function openApps(page: Page): Promise<void> {
  await page.request.post('/api/sign-in/demo');
  await page.goto('/apps');
  await expect(page.getByRole('button', { name: 'More for Demo connector' })).toBeVisible();
}

/** Colour of the label as it is drawn. */
function labelColour(button: Locator): Promise<string> {
  return button.locator('.mdc-button__label').evaluate((label) => getComputedStyle(label).color);
}

/** A line around it: what is behind it has the same background. */
async function expectEdge(part: Locator): Promise<void> {
  await expect(part).toBeVisible();
  await expect.poll(() => linesOf(part)).toMatch(/[1-9]/);
}

/** A line around the one that the other lacks. */
async function expectMarked(one: Locator, other: Locator): Promise<void> {
  await expect(one).toBeVisible();
  await expect.poll(async () => (await linesOf(one)) === (await linesOf(other))).toBe(false);
}

/** Widths of the lines that are drawn around an element: border at each side, then the outline. */
function linesOf(part: Locator): Promise<string> {
  return part.evaluate((element) => {
    const style = getComputedStyle(element);
    const sides = ['border-top', 'border-right', 'border-bottom', 'border-left', 'outline'];
    return sides
      .map((side) => [style.getPropertyValue(`${side}-style`), style.getPropertyValue(`${side}-width`)])
      .map(([line, width]) => (line === 'none' ? 0 : Math.round(parseFloat(width ?? '0'))))
      .join(' ');
  });
}
