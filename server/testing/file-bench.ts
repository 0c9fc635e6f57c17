import type { IncomingMessage, ServerResponse } from 'node:http';

import type { ConversationView } from '#protocol/bridge-api';
import type { Problem } from '#protocol/problem';

import { TestBrowser } from './browser.ts';
import { asksForFileUrl, fileUrlAnswer, startFileStorage, type TestFileStorage } from './file-storage.ts';
import { startWorld, type World } from './start-world.ts';

export const PNG: Buffer<ArrayBuffer> = Buffer.from([
  0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 255, 128, 0xc3, 0x28,
]);
/** Where the storage keeps a file. */
export const PATH = '/v1/AUTH_async-images/demo/abc_uuid_1.PNG';

/** For each spec a conversation, and a storage of the spec's own for its files. The functions are to be used in specs only. */
export function fileBench() {
  let world: World;
  let storage: TestFileStorage;
  let browser: TestBrowser;
  let conversation: ConversationView;

  beforeEach(async () => {
    storage = await startFileStorage();
    world = await startWorld();
    browser = new TestBrowser(world.bridge.origin);
    await browser.signInToDemo();
    conversation = await browser.openConversation();
    addressIs(PATH);
  });
  afterEach(async () => {
    await world[Symbol.asyncDispose]();
    await storage[Symbol.asyncDispose]();
  });

  /** The cloud answers with this path, and the storage is the spec's own. */
  function addressIs(path: string): void {
    world.wire.interfere((seen) => {
      if (asksForFileUrl(seen)) return fileUrlAnswer(path);
      return seen.url.startsWith('/v1/') ? { kind: 'redirect', origin: storage.origin } : { kind: 'pass' };
    });
  }

  const filesUrl = (query: string): string =>
    `${world.bridge.origin}/api/conversations/${conversation.conversationId}/files?${query}`;

  const upload = (
    bytes: string | Uint8Array<ArrayBuffer> | ReadableStream,
    {
      type = 'image/png',
      name = 'cat.png',
      by = browser,
    }: { type?: string; name?: string; by?: TestBrowser } = {},
  ): Promise<Response> =>
    fetch(filesUrl(`name=${encodeURIComponent(name)}`), {
      method: 'POST',
      headers: { ...by.cookieHeader, 'content-type': type },
      body: bytes,
      ...(bytes instanceof ReadableStream && { duplex: 'half' }),
    });

  const download = (query = `path=${encodeURIComponent(PATH)}`): Promise<Response> =>
    fetch(filesUrl(query), { headers: browser.cookieHeader });

  const codeOf = async (response: Response): Promise<[number, string]> => [
    response.status,
    ((await response.json()) as Problem).code,
  ];

  const exchanges = async () => {
    using events = browser.events();
    await events.event('caught-up');
    return events
      .of('exchange')
      .filter(({ service, summary }) => service === 'swift' || summary.includes('URL'));
  };

  const sendsFile = (type: string, bytes: Buffer | string, headers: Record<string, string> = {}): void =>
    storage.answerWith((_request: IncomingMessage, response: ServerResponse) =>
      response.writeHead(200, { 'content-type': type, ...headers }).end(bytes),
    );

  return {
    get world() {
      return world;
    },
    get storage() {
      return storage;
    },
    get browser() {
      return browser;
    },
    get conversation() {
      return conversation;
    },
    ...{ addressIs, filesUrl, upload, download, codeOf, exchanges, sendsFile },
  };
}

/** Waits for what no event tells. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise(setImmediate);
}
