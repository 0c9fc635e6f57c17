import { request as startRequest, type IncomingMessage, type ServerResponse } from 'node:http';

import type { ConversationView } from '#protocol/bridge-api';
import type { HostedFile } from '#protocol/connector/events';
import type { Problem } from '#protocol/problem';

import { TestBrowser } from '../../testing/browser.ts';
import {
  asksForFileUrl,
  fileUrlAnswer,
  SIGNATURE,
  startFileStorage,
  type TestFileStorage,
} from '../../testing/file-storage.ts';
import { startWorld, type World } from '../../testing/start-world.ts';

const PNG: Buffer<ArrayBuffer> = Buffer.from([
  0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 255, 128, 0xc3, 0x28,
]);
const PATH = '/v1/AUTH_async-images/demo/abc_uuid_1.PNG';

describe('files of a conversation', () => {
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

  describe('on their way up', () => {
    it('reach the storage unchanged and answer with what a message about them carries', async () => {
      const answer = await upload(PNG);

      expect(answer.status).toBe(201);
      expect((await answer.json()) as HostedFile).toEqual({
        caption: 'cat.png',
        relativePath: PATH,
        fileType: 'PNG',
      });
      expect(storage.stored.get(PATH)).toEqual(PNG);
    });

    it('are declared as what they are, with their size as text', async () => {
      await upload(PNG, { type: 'image/jpeg', name: 'dog.jpg' });
      await upload(PNG, { type: 'image/gif; charset=binary', name: 'fun.gif' });

      const asked = world.wire.seen.filter(asksForFileUrl).map(({ body }) => JSON.parse(body) as unknown);
      expect(asked).toEqual([
        jasmine.objectContaining({ body: { fileSize: '13', fileType: 'JPEG' } }),
        jasmine.objectContaining({ body: { fileSize: '13', fileType: 'GIF' } }),
      ]);
    });

    it('carry no token to the storage and leave neither signature nor bytes in the log', async () => {
      await upload(PNG);

      const put = world.wire.seen.find(({ method }) => method === 'PUT');
      expect(put?.headers.authorization).toBeUndefined();
      expect(put?.headers['x-lp-on-behalf']).toBeUndefined();
      const recorded = await exchanges();
      expect(recorded.map(({ summary, response }) => [summary, response?.status])).toEqual([
        ['ms.GenerateURLForUploadFile', 200],
        ['put the file', 201],
      ]);
      expect(JSON.stringify(recorded)).not.toContain(SIGNATURE);
      expect(recorded[1]?.request.url).toContain(`${PATH}?temp_url_sig=•••`);
      expect(recorded[1]?.request.body).toBe('13 bytes of image/png, not kept');
    });

    it('are refused before anything leaves when the type is not one of the four', async () => {
      const refused = await upload('<svg/>', { type: 'image/svg+xml' });

      expect(await codeOf(refused)).toEqual([415, 'unsupported-media-type']);
      expect(world.wire.seen.some(asksForFileUrl)).toBeFalse();
    });

    it('are refused before anything leaves when they are empty, unmeasured or too large', async () => {
      const unmeasured = new ReadableStream({
        start: (controller) => {
          controller.enqueue(PNG);
          controller.close();
        },
      });

      expect(await codeOf(await upload(''))).toEqual([400, 'invalid-request']);
      expect(await codeOf(await upload(unmeasured))).toEqual([400, 'invalid-request']);
      expect(await codeOf(await upload(Buffer.alloc(3 * 1024 * 1024 + 1)))).toEqual([
        413,
        'payload-too-large',
      ]);
      expect(world.wire.seen.some(asksForFileUrl)).toBeFalse();
    });

    it('may be as large as the cloud allows', async () => {
      const large = Buffer.alloc(3 * 1024 * 1024, 7);

      expect((await upload(large)).status).toBe(201);
      expect(storage.stored.get(PATH)?.equals(large)).toBeTrue();
    });

    it('tell that the address was refused, in the words of the storage', async () => {
      storage.answerWith((_request, response) => response.writeHead(401).end('Temp URL invalid'));

      const problem = (await (await upload(PNG)).json()) as Problem;

      expect(problem.code).toBe('file-url-refused');
      expect(problem.upstream).toEqual({
        service: 'swift',
        status: 401,
        code: null,
        message: 'Temp URL invalid',
      });
    });

    it('tell that the storage cannot be reached, and record the try', async () => {
      world.wire.interfere((seen) => {
        if (asksForFileUrl(seen)) return fileUrlAnswer(PATH);
        return seen.url.startsWith('/v1/') ? { kind: 'cut-before' } : { kind: 'pass' };
      });

      expect(await codeOf(await upload(PNG))).toEqual([502, 'upstream-unreachable']);
      expect((await exchanges()).at(-1)?.failure).toBe('the connection broke');
    });

    for (const path of [
      '//other.invalid/x.PNG',
      '/\\other.invalid/x.PNG',
      'https://other.invalid/x',
      '/x?a=b',
    ]) {
      it(`never follow an address that leads elsewhere: ${path}`, async () => {
        addressIs(path);

        expect(await codeOf(await upload(PNG))).toEqual([502, 'upstream-failed']);
        expect(world.wire.seen.some(({ method }) => method === 'PUT')).toBeFalse();
      });
    }

    it('never follow a redirect of the storage', async () => {
      storage.answerWith((_request, response) =>
        response.writeHead(307, { location: `${storage.origin}/stolen` }).end(),
      );

      expect(await codeOf(await upload(PNG))).toEqual([422, 'upstream-rejected']);
      expect(storage.requests.filter((request) => request.includes('/stolen'))).toEqual([]);
    });

    it('stop when the browser goes away', async () => {
      const { hostname, port } = new URL(world.bridge.origin);
      const outgoing = startRequest({
        ...{ hostname, port, method: 'POST' },
        path: `/api/conversations/${conversation.conversationId}/files?name=slow.png`,
        headers: { ...browser.cookieHeader, 'content-type': 'image/png', 'content-length': '1000' },
      });
      outgoing.on('error', () => undefined);
      outgoing.write(PNG);
      await until(() => world.wire.seen.some(asksForFileUrl));
      outgoing.destroy();

      await until(async () =>
        (await exchanges()).some(({ failure }) => failure === 'cancelled by the browser'),
      );
      expect(storage.stored.size).toBe(0);
    });

    it('belong to their owner: nobody else can put one into the conversation', async () => {
      const stranger = new TestBrowser(world.bridge.origin);

      expect(await codeOf(await upload(PNG, { by: stranger }))).toEqual([401, 'not-signed-in']);
    });
  });

  describe('on their way down', () => {
    it('keep the type of a picture and are shown, never sniffed', async () => {
      sendsFile('image/png', PNG);

      const answer = await download(
        `path=${encodeURIComponent(PATH)}&name=${encodeURIComponent('Katze “é”.png')}`,
      );

      expect(Buffer.from(await answer.arrayBuffer())).toEqual(PNG);
      expect(answer.headers.get('content-type')).toBe('image/png');
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
      expect(answer.headers.get('content-disposition')).toBe(
        `inline; filename="Katze _e_.png"; filename*=UTF-8''Katze%20%E2%80%9C%C3%A9%E2%80%9D.png`.replace(
          '_e_',
          '___',
        ),
      );
      expect(JSON.parse(world.wire.seen.find(asksForFileUrl)!.body)).toEqual(
        jasmine.objectContaining({ type: 'ms.GenerateURLForDownloadFile', body: { relativePath: PATH } }),
      );
    });

    for (const type of ['text/html', 'image/svg+xml', 'application/pdf', 'text/javascript', '']) {
      it(`become a mere download when their type is "${type}"`, async () => {
        sendsFile(type, '<script>alert(1)</script>');

        const answer = await download(`path=${encodeURIComponent('/v1/AUTH_async-images/demo/page.html')}`);

        expect(answer.headers.get('content-type')).toBe('application/octet-stream');
        expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="page.html"/);
      });
    }

    it('cannot smuggle a header in with their name', async () => {
      sendsFile('image/png', PNG);

      const answer = await download(
        `path=${encodeURIComponent(PATH)}&name=${encodeURIComponent('a"\r\nSet-Cookie: x=1\n../../b.png')}`,
      );

      expect(answer.headers.get('set-cookie')).toBeNull();
      expect(answer.headers.get('content-disposition')).toMatch(
        /^inline; filename="a_Set-Cookie_ x_1....b.png"; /,
      );
    });

    it('are asked for anew when their address has run out', async () => {
      let tries = 0;
      storage.answerWith((_request, response) => {
        tries += 1;
        if (tries === 1) response.writeHead(401).end('Temp URL invalid');
        else response.writeHead(200, { 'content-type': 'image/png' }).end(PNG);
      });

      const answer = await download();

      expect([answer.status, tries]).toEqual([200, 2]);
      expect(world.wire.seen.filter(asksForFileUrl).length).toBe(2);
    });

    it('tell that they are refused when a new address does not help', async () => {
      storage.answerWith((_request, response) => response.writeHead(401).end('Temp URL invalid'));

      expect(await codeOf(await download())).toEqual([502, 'file-url-refused']);
      expect(storage.requests.length).toBe(2);
    });

    it('tell that they are gone', async () => {
      storage.answerWith((_request, response) => response.writeHead(404).end());

      expect(await codeOf(await download())).toEqual([404, 'file-missing']);
    });

    it('are refused when they say that they are larger than anything the cloud keeps', async () => {
      storage.answerWith((_request, response) => {
        response.writeHead(200, { 'content-type': 'image/png', 'content-length': String(64 * 1024 * 1024) });
        response.write(PNG);
      });

      expect(await codeOf(await download())).toEqual([502, 'upstream-failed']);
    });

    it('end in a broken answer, not in half a file, when the storage breaks off or never stops', async () => {
      storage.answerWith((_request, response) => {
        response.writeHead(200, { 'content-type': 'image/png', 'content-length': '1000' });
        response.write(PNG, () => response.destroy());
      });
      await expectAsync(download().then((answer) => answer.arrayBuffer())).toBeRejected();

      storage.answerWith((_request, response) => {
        response.writeHead(200, { 'content-type': 'image/png' });
        response.end(Buffer.alloc(17 * 1024 * 1024));
      });
      await expectAsync(download().then((answer) => answer.arrayBuffer())).toBeRejected();
    });

    it('need a path that was published', async () => {
      expect(await codeOf(await download(''))).toEqual([400, 'invalid-request']);
      expect(await codeOf(await download('path=https://other.invalid/x'))).toEqual([400, 'invalid-request']);
      expect(world.wire.seen.some(asksForFileUrl)).toBeFalse();
    });

    it('leave neither signature nor bytes in the log', async () => {
      sendsFile('image/png', PNG, { 'content-length': String(PNG.length) });

      await (await download()).arrayBuffer();

      const recorded = await exchanges();
      expect(recorded.map(({ summary }) => summary)).toEqual([
        'ms.GenerateURLForDownloadFile',
        'get the file',
      ]);
      expect(JSON.stringify(recorded)).not.toContain(SIGNATURE);
      expect(recorded[1]?.response?.body).toBe('13 bytes of image/png, not kept');
    });
  });
});

/** Waits for what no event tells. */
async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise(setImmediate);
}
