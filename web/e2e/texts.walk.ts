import { existsSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { Page } from '@playwright/test';
import { AREAS } from '../../scripts/screens/areas.ts';
import { PSEUDO } from '../../scripts/texts/files.ts';
import { ROOT, isWebBuilt } from '../../scripts/web-build.ts';
import { settled } from './page-checks.ts';
import { unmarkedTexts } from './unmarked-texts.ts';
import { expect, test } from './world.ts';

const FOLDER = join(ROOT, PSEUDO.output);

test.beforeAll(() => {
  if (!isWebBuilt(ROOT, PSEUDO.output))
    throw new Error(
      'The app in the pseudo language is missing or old: run "npm run build -- --pseudo" first.',
    );
});

/** The page as the server gives it, but built in the language in which each text stands in brackets. */
async function speakPseudo(page: Page, origin: string): Promise<void> {
  const isApp = (url: URL): boolean =>
    url.origin === origin && !/^\/(api|notifications)\//.test(url.pathname);
  await page.context().route(isApp, (route) => {
    const path = join(FOLDER, new URL(route.request().url()).pathname);
    return route.fulfill({
      path: extname(path) !== '' && existsSync(path) ? path : join(FOLDER, 'index.html'),
    });
  });
}

for (const [area, walk] of Object.entries(AREAS)) {
  test(`each text of the area ${area} is in the catalogue, in every state`, async ({ page, world }) => {
    test.slow();
    await speakPseudo(page, world.origin);
    const found = new Set<string>();
    const take = async (screen: string): Promise<void> => {
      // A menu on its way out would take the key that is meant for what it has opened.
      await settled(page);
      for (const text of await unmarkedTexts(page)) found.add(`${screen}: ${text}`);
    };
    await walk({ page, world, take });

    expect([...found]).toEqual([]);
  });
}
