import { request as startRequest } from 'node:http';

import type { HostedFile } from '#protocol/connector/events';
import type { Problem } from '#protocol/problem';

import { TestBrowser } from '../../testing/browser.ts';
import { fileBench, PATH, PNG, until } from '../../testing/file-bench.ts';
import { asksForFileUrl, fileUrlAnswer, SIGNATURE } from '../../testing/file-storage.ts';

describe('files of a conversation on their way up', () => {
  const bench = fileBench();
  const { addressIs, upload, codeOf, exchanges } = bench;

  it('reach the storage unchanged and answer with what a message about them carries', async () => {
    const answer = await upload(PNG);

    expect(answer.status).toBe(201);
    expect((await answer.json()) as HostedFile).toEqual({
      caption: 'cat.png',
      relativePath: PATH,
      fileType: 'PNG',
    });
    expect(bench.storage.stored.get(PATH)).toEqual(PNG);
  });

  it('are declared as what they are, with their size as text', async () => {
    await upload(PNG, { type: 'image/jpeg', name: 'dog.jpg' });
    await upload(PNG, { type: 'image/gif; charset=binary', name: 'fun.gif' });

    const asked = bench.world.wire.seen.filter(asksForFileUrl).map(({ body }) => JSON.parse(body) as unknown);
    expect(asked).toEqual([
      jasmine.objectContaining({ body: { fileSize: '13', fileType: 'JPEG' } }),
      jasmine.objectContaining({ body: { fileSize: '13', fileType: 'GIF' } }),
    ]);
  });

  it('carry no token to the storage and leave neither signature nor bytes in the log', async () => {
    await upload(PNG);

    const put = bench.world.wire.seen.find(({ method }) => method === 'PUT');
    expect(put?.headers.authorization).toBeUndefined();
    expect(put?.headers['x-lp-on-behalf']).toBeUndefined();
    const recorded = await exchanges();
    expect(recorded.map(({ summary, response }) => [summary, response?.status])).toEqual([
      ['ms.GenerateURLForUploadFile', 200],
      ['file upload cat.png', 201],
    ]);
    expect(JSON.stringify(recorded)).not.toContain(SIGNATURE);
    expect(recorded[1]?.request.url).toContain(`${PATH}?temp_url_sig=•••`);
    expect(recorded[1]?.request.body).toBe('13 bytes of image/png, not kept');
  });

  it('are refused before anything leaves when the type is not one of the four', async () => {
    const refused = await upload('<svg/>', { type: 'image/svg+xml' });

    expect(await codeOf(refused)).toEqual([415, 'unsupported-media-type']);
    expect(bench.world.wire.seen.some(asksForFileUrl)).toBeFalse();
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
    expect(await codeOf(await upload(Buffer.alloc(3 * 1024 * 1024 + 1)))).toEqual([413, 'payload-too-large']);
    expect(bench.world.wire.seen.some(asksForFileUrl)).toBeFalse();
  });

  it('may be as large as the cloud allows', async () => {
    const large = Buffer.alloc(3 * 1024 * 1024, 7);

    expect((await upload(large)).status).toBe(201);
    expect(bench.storage.stored.get(PATH)?.equals(large)).toBeTrue();
  });

  it('tell that the address was refused, in the words of the storage', async () => {
    bench.storage.answerWith((_request, response) => response.writeHead(401).end('Temp URL invalid'));

    const problem = (await (await upload(PNG)).json()) as Problem;

    expect(problem.code).toBe('file-url-refused');
    expect(problem.upstream).toEqual(
      jasmine.objectContaining({ service: 'swift', status: 401, code: null, message: 'Temp URL invalid' }),
    );
  });

  it('tell that the storage cannot be reached, and record the try', async () => {
    bench.world.wire.interfere((seen) => {
      if (asksForFileUrl(seen)) return fileUrlAnswer(PATH);
      return seen.url.startsWith('/v1/') ? { kind: 'cut-before' } : { kind: 'pass' };
    });

    expect(await codeOf(await upload(PNG))).toEqual([502, 'upstream-unreachable']);
    expect((await exchanges()).at(-1)?.failure).toBe('the connection broke (ECONNRESET)');
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
      expect(bench.world.wire.seen.some(({ method }) => method === 'PUT')).toBeFalse();
    });
  }

  it('never follow a redirect of the storage', async () => {
    bench.storage.answerWith((_request, response) =>
      response.writeHead(307, { location: `${bench.storage.origin}/stolen` }).end(),
    );

    expect(await codeOf(await upload(PNG))).toEqual([422, 'upstream-rejected']);
    expect(bench.storage.requests.filter((request) => request.includes('/stolen'))).toEqual([]);
  });

  it('stop when the browser goes away', async () => {
    const { hostname, port } = new URL(bench.world.bridge.origin);
    const outgoing = startRequest({
      ...{ hostname, port, method: 'POST' },
      path: `/api/conversations/${bench.conversation.conversationId}/files?name=slow.png`,
      headers: { ...bench.browser.cookieHeader, 'content-type': 'image/png', 'content-length': '1000' },
    });
    outgoing.on('error', () => undefined);
    outgoing.write(PNG);
    await until(() => bench.world.wire.seen.some(asksForFileUrl));
    outgoing.destroy();

    await until(async () =>
      (await exchanges()).some(({ failure }) => failure === 'cancelled by the browser'),
    );
    expect(bench.storage.stored.size).toBe(0);
  });

  it('belong to their owner: nobody else can put one into the conversation', async () => {
    const stranger = new TestBrowser(bench.world.bridge.origin);

    expect(await codeOf(await upload(PNG, { by: stranger }))).toEqual([401, 'not-signed-in']);
  });
});
