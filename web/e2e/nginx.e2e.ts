import { expect, test as base } from '@playwright/test';
import { freePorts, startNginx, type SiteOrigins } from './nginx.ts';
import { startWorld } from './world.ts';

interface Fixtures {
  /** The app as a browser reaches it: through Nginx. */
  readonly site: SiteOrigins;
}

const test = base.extend<Fixtures>({
  site: async ({}, use) => {
    const ports = await freePorts();
    await using world = await startWorld({ TRUSTED_PROXIES: 'loopback' });
    await using nginx = await startNginx(ports, `127.0.0.1:${new URL(world.origin).port}`);
    await use(nginx);
  },
});

test.use({ ignoreHTTPSErrors: true });

test.describe('behind Nginx with docs/nginx.conf', () => {
  test('a plain request is sent to HTTPS with its whole path', async ({ site, request }) => {
    const answer = await request.get(`${site.http}/apps?sort=name`, { maxRedirects: 0 });

    expect(answer.status()).toBe(301);
    expect(answer.headers()['location']).toBe('https://localhost/apps?sort=name');
  });

  test('a person signs in over HTTPS and gets a cookie that never travels in the clear', async ({
    site,
    page,
    context,
  }) => {
    await page.goto(site.https);
    await page.getByRole('button', { name: 'Try it now' }).click();
    await expect(page.getByRole('textbox', { name: 'Message' })).toBeVisible();

    const cookies = await context.cookies(site.https);
    expect(cookies).not.toEqual([]);
    for (const cookie of cookies) expect(cookie).toMatchObject({ secure: true, httpOnly: true });
  });

  test('events arrive while the stream is open, each at once', async ({ site, page }) => {
    await page.goto(site.https);
    await page.evaluate(() => fetch('/api/sign-in/demo', { method: 'POST' }));

    const [caughtUp, entry] = await page.evaluate(eventsOfAnOpenStream);

    expect(caughtUp).toBe('caught-up');
    expect(entry).toBe('entry');
  });

  test('a webhook reaches the app with its own path and is judged by its signature', async ({
    site,
    request,
  }) => {
    const answer = await request.post(`${site.https}/notifications/event`, {
      headers: {
        'content-type': 'application/json',
        'x-liveperson-signature': 'sha1=AAAAAAAAAAAAAAAAAAAAAAAAAAA=',
      },
      data: '{"kind":"notification"}',
    });

    expect(answer.status()).toBe(401);
  });

  test('what is too large is refused by the app, with a problem that names the limit', async ({
    site,
    request,
  }) => {
    const refused: string[] = [];
    for (const megabytes of [5, 7, 11]) {
      const data = Buffer.alloc(megabytes * 1_000_000, 'x');
      for (const path of ['/notifications/event', '/api/sign-in', '/api/conversations/c1/files']) {
        const headers = { 'content-type': path.endsWith('files') ? 'image/png' : 'application/json' };
        const answer = await request.post(`${site.https}${path}`, { headers, data });
        const { code } = (await answer.json()) as { readonly code: string };
        refused.push(`${megabytes} MB ${path} ${answer.status()} ${code}`);
      }
    }

    expect(refused).toEqual(
      [5, 7, 11].flatMap((megabytes) => [
        `${megabytes} MB /notifications/event 413 payload-too-large`,
        `${megabytes} MB /api/sign-in 413 payload-too-large`,
        `${megabytes} MB /api/conversations/c1/files 401 not-signed-in`,
      ]),
    );
  });
});

/**
 * Runs in the page: the first event of a new stream, then the one that a request made meanwhile causes. Both are far
 * smaller than a proxy's buffer, and the stream stays open: they come only if nothing holds them back.
 */
async function eventsOfAnOpenStream(): Promise<(string | undefined)[]> {
  const stream = new EventSource('/api/events');
  const next = (name: string) =>
    new Promise<string>((resolve) =>
      stream.addEventListener(name, (event) => resolve(event.type), { once: true }),
    );
  const caughtUp = await next('caught-up');
  const entry = next('entry');
  await fetch('/api/messaging');
  const names = [caughtUp, await entry];
  stream.close();
  return names;
}
