import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

import type { ConversationView } from '#protocol/bridge-api';
import type { ExchangeRecorded } from '#protocol/bridge-events';

import type { TestBrowser } from '../../testing/browser.ts';
import { startWithConversation } from '../../testing/start-with-conversation.ts';
import type { World } from '../../testing/start-world.ts';
import type { UpstreamAnswer } from './upstream-call.ts';
import { UpstreamHttp } from './upstream-http.ts';

const MB = 1024 * 1024;

/** Calls a service that answers like this. */
async function answerOf(
  listener: RequestListener,
  timeLimit: { readonly timeoutMs?: number } = {},
): Promise<{ readonly answer: UpstreamAnswer | null; readonly exchange: ExchangeRecorded | undefined }> {
  const server = createServer(listener);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  using http = new UpstreamHttp({ userAgent: 'spec', ...timeLimit });
  const call = { service: 'idp', summary: 'spec', method: 'GET', url, isRepeatable: false } as const;
  const exchanges: ExchangeRecorded[] = [];
  const answer = await http.call(call, { record: (one) => void exchanges.push(one) }).catch(() => null);
  server.close().closeAllConnections();
  return { answer, exchange: exchanges[0] };
}

describe('an answer of the cloud that is made to hurt', () => {
  it('is inflated no further than an answer may be large', async () => {
    const bomb = gzipSync(Buffer.alloc(100 * MB));
    const { answer, exchange } = await answerOf((_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
    );

    expect([answer, exchange?.failure]).toEqual([null, 'the answer is larger than 8 MB']);
  });

  it('is given up in words when it is not in the encoding that it names', async () => {
    const { answer, exchange } = await answerOf((_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end('no gzip'),
    );

    expect([answer, exchange?.failure]).toEqual([null, 'the answer cannot be read (Z_DATA_ERROR)']);
  });

  it('is given up in words when it is no HTTP', async () => {
    const { answer, exchange } = await answerOf(({ socket }) => void socket.end('<html>'));

    expect([answer, exchange?.failure]).toEqual([null, 'the answer cannot be read (HPE_INVALID_CONSTANT)']);
  });

  it('is read to 8 MB when it never ends', async () => {
    const block = Buffer.alloc(64 * 1024, 'x');
    let written = 0;
    const { exchange } = await answerOf((_request, response) => {
      const more = (): void => {
        while (!response.destroyed && response.write(block)) written += block.length;
        response.once('drain', more);
      };
      more();
    });

    expect(exchange?.failure).toBe('the answer is larger than 8 MB');
    expect(written).toBeLessThan(16 * MB);
  });

  it('is given up in time when it comes byte by byte', async () => {
    const drip: RequestListener = (_request, response) => {
      const drops = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(drops));
    };
    const { exchange } = await answerOf(drip, { timeoutMs: 500 });

    expect(exchange?.failure).toBe('no answer within 0.5 s');
  });

  for (const [what, text] of [
    ['nests without end', '{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000)],
    ['holds more than anybody needs', `[${'{},'.repeat(2 * MB)}1]`],
  ] as const) {
    it(`stays text when it ${what}`, async () => {
      const { answer } = await answerOf((_request, response) => response.end(text));

      expect(answer?.body).toBe(text);
    });
  }
});

describe('a cloud that answers what it should not', () => {
  let world: World;
  let browser: TestBrowser;
  let conversation: ConversationView;
  beforeEach(async () => {
    ({ world, browser, conversation } = await startWithConversation());
  });
  afterEach(() => world[Symbol.asyncDispose]());

  const answer = (part: string, body: unknown): void =>
    world.wire.interfere(({ url }) =>
      url.includes(part) ? { kind: 'answer', status: 200, body } : { kind: 'pass' },
    );

  for (const sequence of ['1.5', '-1', '1e400', '9007199254740993', '"7"', 'null', '[]']) {
    it(`tells no message sequence by ${sequence}: nobody knows what became of the message`, async () => {
      answer('/send', `{"reqId":"1","code":"OK","body":{"sequence":${sequence}}}`);

      expect((await browser.send(conversation, 'hi', 'm1')).problem().code).toBe('upstream-failed');
      expect((await browser.send(conversation, 'hi', 'm1')).problem().code).toBe('answer-lost');
    });
  }

  it('breaks off in the middle of a secret, which nobody gets to see', async () => {
    const app = JSON.stringify({ ...(await browser.connectorApp()), client_secret: 'canary-secret' });
    answer('/app-install/', `[${app.slice(0, app.indexOf('canary') + 8)}`);

    const failed = await browser.get('/api/installations');

    using events = browser.events();
    await events.event('caught-up');
    expect(failed.problem().code).toBe('upstream-failed');
    expect(events.of('exchange').at(-1)?.summary).toBe('app installations');
    expect(failed.text + JSON.stringify(events.entries)).not.toContain('canary');
  });

  it('lists apps that nest without end, which is told in words', async () => {
    const app = JSON.stringify(await browser.connectorApp());
    answer('/app-install/', `[{"deep":${'['.repeat(50_000)}${']'.repeat(50_000)},${app.slice(1)}]`);

    expect((await browser.get('/api/installations')).problem().code).toBe('upstream-failed');
  });

  it('names a conversation with more than an id, which is told and kept nowhere', async () => {
    answer('/consumer/conversation?', [
      { code: 'OK', body: {} },
      { code: 'OK', body: { conversationId: 'x'.repeat(MB) } },
    ]);
    const opening = { appKey: conversation.appKey, consumer: { name: 'Ana' }, options: conversation.options };

    expect((await browser.post('/api/conversations', opening)).problem().code).toBe('upstream-failed');
    expect((await browser.get('/api/conversations')).text.length).toBeLessThan(10_000);
  });
});
