import { once } from 'node:events';
import { connect } from 'node:net';

import type { Problem } from '#protocol/problem';

import type { Bridge } from '../bridge.ts';
import type { BridgeConfig } from '../config/bridge-config.ts';
import { startTestBridge } from '../../testing/start-bridge.ts';

interface Answer {
  readonly status: number;
  readonly text: string;
}

/** Asks under any name: `fetch` sets `Host` itself. */
async function ask(bridge: Bridge, request: string, headers: readonly string[]): Promise<Answer> {
  const { port } = new URL(bridge.origin);
  const socket = connect(Number(port), '127.0.0.1');
  socket.end([`${request} HTTP/1.0`, ...headers, '', ''].join('\r\n'));
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  await once(socket, 'close');
  return { status: Number(text.split(' ', 2)[1]), text };
}

describe('the host name of a request', () => {
  const statusOf = async (headers: readonly string[], config: Partial<BridgeConfig> = {}) => {
    await using bridge = await startTestBridge({}, config);
    return (await ask(bridge, 'GET /api/about', headers)).status;
  };

  const allowed = [
    'localhost',
    'localhost:4711',
    'LocalHost.',
    'app.localhost:8282',
    '127.0.0.1:8282',
    '[::1]:8282',
    '192.168.1.20:8282',
    'devbox:8282',
  ];
  for (const host of allowed) {
    it(`may be ${host} without any setting`, async () => {
      expect(await statusOf([`Host: ${host}`])).toBe(200);
    });
  }

  const foreign = [
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'a b',
    '[evil]',
    'x@localhost',
  ];
  for (const host of foreign) {
    it(`must not be ${host}`, async () => {
      expect(await statusOf([`Host: ${host}`])).toBe(421);
    });
  }

  it('must be there', async () => {
    expect(await statusOf([])).toBe(421);
  });

  it('may be one of the setting, or below one with a star', async () => {
    const config = { allowedHosts: ['demo.example.com', '*.ngrok-free.app'] };

    expect(await statusOf(['Host: Demo.example.com'], config)).toBe(200);
    expect(await statusOf(['Host: 1f2e.ngrok-free.app'], config)).toBe(200);
    expect(await statusOf(['Host: x.demo.example.com'], config)).toBe(421);
    expect(await statusOf(['Host: evilngrok-free.app'], config)).toBe(421);
    expect(await statusOf(['Host: anything.example'], { allowedHosts: ['*'] })).toBe(200);
  });

  it('may be any that a proxy of the setting brings, but not one that a browser on this machine claims', async () => {
    const headers = ['Host: demo.example.com', 'X-Forwarded-Proto: https', 'X-Forwarded-Host: localhost'];

    expect(await statusOf(headers, { trustedProxies: '127.0.0.1' })).toBe(200);
    expect(await statusOf(headers, { trustedProxies: 'loopback' })).toBe(421);
    expect(await statusOf(headers, { trustedProxies: 'loopback, 10.0.0.1' })).toBe(421);
    expect(await statusOf(headers, { trustedProxies: '10.0.0.1' })).toBe(421);
  });

  it('is refused for the web app too, with a problem that names the setting', async () => {
    await using bridge = await startTestBridge();

    const answer = await ask(bridge, 'GET /', ['Host: demo.example.com']);

    const problem = JSON.parse(answer.text.slice(answer.text.indexOf('\r\n\r\n'))) as Problem;
    expect(answer.status).toBe(421);
    expect(problem.code).toBe('host-not-allowed');
    expect(problem.detail).toContain('add demo.example.com to the setting ALLOWED_HOSTS');
  });

  it('is refused with a page to somebody who opens the app in a browser, with JSON to whoever calls the API', async () => {
    await using bridge = await startTestBridge();
    const headers = ['Host: demo.example.com', 'Accept: text/html,application/xhtml+xml,*/*;q=0.8'];

    const page = await ask(bridge, 'GET /apps', headers);
    const api = await ask(bridge, 'GET /api/about', headers);

    expect([page.status, api.status]).toEqual([421, 421]);
    expect(page.text).toMatch(/content-type: text\/html/i);
    expect(page.text).toContain('<h1>This host name is not served here</h1>');
    expect(page.text).toContain('add demo.example.com to the setting ALLOWED_HOSTS');
    expect(api.text).toMatch(/content-type: application\/problem\+json/i);
  });

  it('cannot write into that page', async () => {
    await using bridge = await startTestBridge();

    const page = await ask(bridge, 'GET /<script>alert(1)</script>.js', [
      'Host: <script>alert(1)</script>',
      'Accept: text/html',
    ]);

    expect(page.status).toBe(421);
    expect(page.text).not.toContain('<script>');
  });

  it('does not matter for webhooks and health, which programs call under any name', async () => {
    await using bridge = await startTestBridge();

    expect((await ask(bridge, 'POST /notifications/event', ['Host: 1f2e.ngrok-free.app'])).status).toBe(401);
    expect((await ask(bridge, 'GET /health', ['Host: app.internal.example'])).status).toBe(200);
  });
});
