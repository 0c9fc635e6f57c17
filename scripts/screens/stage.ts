import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { startWorld, type World } from '../../web/e2e/world.ts';
import { smallPng } from './small-png.ts';

/** How a picture is taken: the size of the window and the person's wishes. */
export interface Look {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly colorScheme: 'light' | 'dark';
  /** Whether high contrast was chosen in the app's menu. */
  readonly hasHighContrast: boolean;
}

/** Writes what the window shows, or the whole page, as `<screen>-<width>-<look>.png`. */
export type Take = (screen: string, extent?: 'window' | 'page') => Promise<void>;

/** A fresh page in front of a world of its own, so that every look shows the same. */
export interface Stage {
  readonly page: Page;
  readonly world: World;
  readonly take: Take;
}

/**
 * Walks through the screens of one area and takes their pictures; starts signed out, on no page. `texts.walk` goes the same ways
 * in the pseudo language, where a text begins with a bracket: look for words, not for a pattern with `^`.
 */
export type Walk = (stage: Stage) => Promise<void>;

const SIZES = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
] as const;

/** Every size in light and dark; the largest and the smallest in high contrast, too. */
export const LOOKS: readonly Look[] = [
  ...SIZES.flatMap((size) =>
    (['light', 'dark'] as const).map((colorScheme) => ({
      ...{ ...size, colorScheme, name: colorScheme },
      hasHighContrast: false,
    })),
  ),
  ...[SIZES[0], SIZES[2]].map((size) => ({
    ...{ ...size, colorScheme: 'light' as const, name: 'contrast' },
    hasHighContrast: true,
  })),
];

/** So long nothing changes on a page that has caught up; lists beside the chat are drawn every 200 ms at most. */
const QUIET_MS = 250;
/** A page that never rests, such as one that counts seconds, is taken as it is. */
const PATIENCE_MS = 1_500;

/** Until the page has drawn what came: what is waited for in one pane may still be missing in the others. */
async function caughtUp(page: Page): Promise<void> {
  await page.evaluate(`new Promise((resolve) => {
    const done = () => { watcher.disconnect(); resolve(null); };
    let rest = setTimeout(done, ${QUIET_MS});
    const watcher = new MutationObserver(() => {
      clearTimeout(rest);
      rest = setTimeout(done, ${QUIET_MS});
    });
    watcher.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    setTimeout(done, ${PATIENCE_MS});
  })`);
}

/** Takes the pictures of one area in one look. */
export async function perform(browser: Browser, walk: Walk, folder: string, look: Look): Promise<void> {
  await using world = await startWorld();
  const { width, height, colorScheme, hasHighContrast, name } = look;
  const context = await browser.newContext({
    ...{ baseURL: world.origin, locale: 'en-US', reducedMotion: 'reduce' },
    ...{ viewport: { width, height }, colorScheme },
  });
  if (hasHighContrast) await context.addInitScript(`localStorage.setItem('contrast', 'more')`);
  const page = await context.newPage();
  mkdirSync(folder, { recursive: true });
  const take: Take = async (screen, extent = 'window') => {
    const path = join(folder, `${screen}-${width}-${name}.png`);
    // What was clicked last does not look hovered.
    await page.mouse.move(0, 0);
    await page.evaluate('document.fonts.ready.then(() => null)');
    await caughtUp(page);
    writeFileSync(
      path,
      smallPng(await page.screenshot({ animations: 'disabled', fullPage: extent === 'page' })),
    );
  };
  try {
    await walk({ page, world, take });
  } finally {
    await context.close();
  }
}
