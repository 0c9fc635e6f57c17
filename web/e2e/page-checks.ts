import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/**
 * Fails with what axe finds wrong on the page (WCAG 2.2 A and AA).
 *
 * @param within Looks only there; a menu in an overlay belongs to no landmark.
 */
export async function expectAccessible(page: Page, where: string, within = 'html'): Promise<void> {
  await expectNothingFound(page, where, axe(page).include(within));
}

/**
 * The same in forced colours, without contrast: axe reads `-webkit-text-fill-color`, which Chromium computes from the app's own
 * colour, while it draws the text in the system's.
 */
export async function expectAccessibleInForcedColors(
  page: Page,
  where: string,
  within = 'html',
): Promise<void> {
  await expectNothingFound(page, where, axe(page).include(within).disableRules('color-contrast'));
}

// In the page itself: a page of its own for the result, as axe takes for the sake of frames, costs twice the time, and the
// app has no frames.
const axe = (page: Page): AxeBuilder =>
  new AxeBuilder({ page })
    .setLegacyMode(true)
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']);

async function expectNothingFound(page: Page, where: string, builder: AxeBuilder): Promise<void> {
  await settled(page);
  const { violations } = await builder.analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  expect(found, where).toEqual([]);
}

/** A colour on its way to another one is neither; what moves for ever (a progress bar) is not waited for. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .filter((animation) => animation.effect?.getComputedTiming().endTime !== Infinity)
      .every(({ playState }) => playState !== 'running'),
  );
}

/** Fails when something on the page is wider than the window. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow, `sideways scroll at ${page.url()}`).toBe(0);
}

/** Marks a story that looks at screens and does nothing else: `npm run test:looks`, not `npm test`. */
export const EVERY_LOOK = { tag: '@every-look' } as const;

/** The four looks of every screen. */
export const LOOKS = [
  { name: 'light', colorScheme: 'light', contrast: null },
  { name: 'dark', colorScheme: 'dark', contrast: null },
  { name: 'high contrast', colorScheme: 'light', contrast: 'more' },
  { name: 'dark high contrast', colorScheme: 'dark', contrast: 'more' },
] as const;
