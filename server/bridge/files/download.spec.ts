import { fileBench, PATH, PNG } from '../../testing/file-bench.ts';
import { asksForFileUrl, SIGNATURE } from '../../testing/file-storage.ts';

describe('files of a conversation on their way down', () => {
  const bench = fileBench();
  const { download, codeOf, exchanges, sendsFile } = bench;

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
    expect(JSON.parse(bench.world.wire.seen.find(asksForFileUrl)!.body)).toEqual(
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
    bench.storage.answerWith((_request, response) => {
      tries += 1;
      if (tries === 1) response.writeHead(401).end('Temp URL invalid');
      else response.writeHead(200, { 'content-type': 'image/png' }).end(PNG);
    });

    const answer = await download();

    expect([answer.status, tries]).toEqual([200, 2]);
    expect(bench.world.wire.seen.filter(asksForFileUrl).length).toBe(2);
  });

  it('tell that they are refused when a new address does not help', async () => {
    bench.storage.answerWith((_request, response) => response.writeHead(401).end('Temp URL invalid'));

    expect(await codeOf(await download())).toEqual([502, 'file-url-refused']);
    expect(bench.storage.requests.length).toBe(2);
  });

  it('tell that they are gone', async () => {
    bench.storage.answerWith((_request, response) => response.writeHead(404).end());

    expect(await codeOf(await download())).toEqual([404, 'file-missing']);
  });

  it('are refused when they say that they are larger than anything the cloud keeps', async () => {
    bench.storage.answerWith((_request, response) => {
      response.writeHead(200, { 'content-type': 'image/png', 'content-length': String(64 * 1024 * 1024) });
      response.write(PNG);
    });

    expect(await codeOf(await download())).toEqual([502, 'upstream-failed']);
  });

  it('end in a broken answer, not in half a file, when the storage breaks off or never stops', async () => {
    bench.storage.answerWith((_request, response) => {
      response.writeHead(200, { 'content-type': 'image/png', 'content-length': '1000' });
      response.write(PNG, () => response.destroy());
    });
    await expectAsync(download().then((answer) => answer.arrayBuffer())).toBeRejected();

    bench.storage.answerWith((_request, response) => {
      response.writeHead(200, { 'content-type': 'image/png' });
      response.end(Buffer.alloc(17 * 1024 * 1024));
    });
    await expectAsync(download().then((answer) => answer.arrayBuffer())).toBeRejected();
  });

  it('need a path that was published', async () => {
    expect(await codeOf(await download(''))).toEqual([400, 'invalid-request']);
    expect(await codeOf(await download('path=https://other.invalid/x'))).toEqual([400, 'invalid-request']);
    expect(bench.world.wire.seen.some(asksForFileUrl)).toBeFalse();
  });

  it('leave neither signature nor bytes in the log', async () => {
    sendsFile('image/png', PNG, { 'content-length': String(PNG.length) });

    await (await download()).arrayBuffer();

    const recorded = await exchanges();
    expect(recorded.map(({ summary }) => summary)).toEqual([
      'ms.GenerateURLForDownloadFile',
      'file download',
    ]);
    expect(JSON.stringify(recorded)).not.toContain(SIGNATURE);
    expect(recorded[1]?.response?.body).toBe('13 bytes of image/png, not kept');
  });
});
