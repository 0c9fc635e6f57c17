import { LARGEST_FILE_BYTES } from '../state/file-urls.ts';
import type { Consumer } from '../testing/caller.ts';
import type { Answer } from '../testing/answer.ts';
import { ShiftedClock, startTestCloud } from '../testing/test-cloud.ts';
import type { TestCloud } from '../testing/test-cloud.ts';

const UPLOAD = 'ms.GenerateURLForUploadFile';
const DOWNLOAD = 'ms.GenerateURLForDownloadFile';
const PICTURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0xff]);

describe('Shared files (§6.5, §7)', () => {
  let cloud: TestCloud;
  let clock: ShiftedClock;
  let consumer: Consumer;
  beforeEach(async () => {
    clock = new ShiftedClock();
    cloud = await startTestCloud({ clock });
    consumer = await cloud.caller.consumer();
  });
  afterEach(() => cloud[Symbol.asyncDispose]());

  const ask = (type: string, body: unknown): Promise<Answer> =>
    cloud.caller.send(consumer, { kind: 'req', id: 'u1', type, body });
  const urlIn = (answer: Answer): string => {
    const query = new URLSearchParams({
      temp_url_sig: answer.textAt('body', 'queryParams', 'temp_url_sig'),
      temp_url_expires: answer.textAt('body', 'queryParams', 'temp_url_expires'),
    });
    return `${cloud.emulator.origin}${answer.textAt('body', 'relativePath')}?${query.toString()}`;
  };
  const uploadUrl = async (): Promise<string> =>
    urlIn(await ask(UPLOAD, { fileSize: '10', fileType: 'PNG' }));
  const downloadUrlOf = async (url: string): Promise<string> =>
    urlIn(await ask(DOWNLOAD, { relativePath: new URL(url).pathname }));
  const put = (url: string, body: BodyContent = PICTURE, contentType = 'image/png'): Promise<Response> =>
    fetch(url, { method: 'PUT', body, headers: { 'content-type': contentType } });

  describe('the request for a URL', () => {
    it('is answered with path, signature and end for an upload (§6.5)', async () => {
      const before = Math.floor(clock.now() / 1000);
      const answer = await ask(UPLOAD, { fileSize: '1000', fileType: 'PNG' });

      expect(answer.status).toBe(200);
      expect(answer.body).toEqual({
        reqId: 'u1',
        code: 'OK',
        body: {
          relativePath: jasmine.stringMatching(
            new RegExp(
              `^/v1/AUTH_async-images/demo/${consumer.id}_uuid_[0-9a-f-]{36}_[\\d-]{10}_[\\d-]{12}\\.PNG$`,
            ),
          ),
          queryParams: {
            temp_url_sig: jasmine.stringMatching(/^[0-9a-f]{40}$/),
            temp_url_expires: jasmine.stringMatching(/^\d+$/),
          },
        },
      });
      const lifeS = Number(answer.at('body', 'queryParams', 'temp_url_expires')) - before;
      expect([60, 61]).toContain(lifeS);
    });

    for (const body of [
      { fileSize: 1000, fileType: 'JPG' },
      { fileSize: '1', fileType: 'JPEG' },
      { fileSize: String(LARGEST_FILE_BYTES), fileType: 'GIF' },
    ]) {
      it(`is granted for ${JSON.stringify(body)} (§6.5, §7.3)`, async () => {
        const answer = await ask(UPLOAD, body);

        expect(answer.status).toBe(200);
        expect(answer.textAt('body', 'relativePath')).toMatch(new RegExp(`\\.${body.fileType}$`));
      });
    }

    const refused: readonly (readonly [string, string, unknown])[] = [
      ['a type that is not shared', UPLOAD, { fileSize: '10', fileType: 'PDF' }],
      ['a type in small letters', UPLOAD, { fileSize: '10', fileType: 'png' }],
      ['no type', UPLOAD, { fileSize: '10' }],
      ['more than 3 MB', UPLOAD, { fileSize: LARGEST_FILE_BYTES + 1, fileType: 'PNG' }],
      ['no bytes', UPLOAD, { fileSize: 0, fileType: 'PNG' }],
      ['a size that is no number', UPLOAD, { fileSize: 'big', fileType: 'PNG' }],
      ['half a byte', UPLOAD, { fileSize: 1.5, fileType: 'PNG' }],
      ['no size', UPLOAD, { fileType: 'PNG' }],
      ['no path', DOWNLOAD, {}],
      ['a path that is no text', DOWNLOAD, { relativePath: 7 }],
      ['a path outside the store', DOWNLOAD, { relativePath: '/v1/AUTH_async-images/../etc/passwd' }],
    ];
    for (const [what, type, body] of refused) {
      it(`is refused for ${what} (§6.6)`, async () => {
        const answer = await ask(type, body);

        expect(answer.status).toBe(400);
        expect(answer.body).toEqual({ reqId: 'u1', code: 'BAD_REQUEST', body: { msg: 'Bad Request' } });
      });
    }

    it('is refused for a file of another account (§7)', async () => {
      const path = new URL(await uploadUrl()).pathname.replace('/demo/', '/demo2/');

      expect((await ask(DOWNLOAD, { relativePath: path })).status).toBe(400);
    });

    it('is refused, both ways, while file sharing is off for the account (§7.3)', async () => {
      const path = new URL(await uploadUrl()).pathname;
      const setSharing = (isOn: boolean): Promise<Answer> =>
        cloud.caller.call('/emulator/control/accounts/demo', {
          method: 'PATCH',
          body: { features: { 'messaging.file.sharing.enabled': isOn } },
        });
      const asked = async (): Promise<number[]> => [
        (await ask(UPLOAD, { fileSize: '10', fileType: 'PNG' })).status,
        (await ask(DOWNLOAD, { relativePath: path })).status,
      ];

      await setSharing(false);
      expect(await asked()).toEqual([400, 400]);
      await setSharing(true);
      expect(await asked()).toEqual([200, 200]);
    });

    it('is refused without the tokens of a connector (§6.6)', async () => {
      const body = { kind: 'req', id: 'u1', type: UPLOAD, body: { fileSize: '1', fileType: 'PNG' } };
      const path = cloud.caller.path('/messaging/consumer/conversation/send?v=3');

      expect((await cloud.caller.post(path, body)).at('body', 'errorCode')).toBe(40105);
    });
  });

  describe('the object store', () => {
    it('takes a file with 201 and gives back its bytes, inline and with its content type (§7.1, §7.2)', async () => {
      const url = await uploadUrl();
      const stored = await put(url, PICTURE, 'image/webp');
      const answer = await fetch(await downloadUrlOf(url));

      expect(stored.status).toBe(201);
      expect(await stored.text()).toBe('');
      expect(answer.status).toBe(200);
      expect(Buffer.from(await answer.arrayBuffer())).toEqual(PICTURE);
      expect(answer.headers.get('content-type')).toBe('image/webp');
      expect(answer.headers.get('content-disposition')).toBe('inline');
    });

    it('takes the content type of the path when the upload names none (§7.2)', async () => {
      const url = await uploadUrl();
      await fetch(url, { method: 'PUT', body: new Uint8Array(PICTURE) });

      expect((await fetch(await downloadUrlOf(url))).headers.get('content-type')).toBe('image/png');
    });

    it('lets no uploaded page run its scripts (§7.2)', async () => {
      const url = await uploadUrl();
      await put(url, '<script>alert(1)</script>', 'text/html');
      const { headers } = await fetch(await downloadUrlOf(url));

      expect(headers.get('content-security-policy')).toBe('sandbox');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    });

    it('keeps a file that was compressed as it is', async () => {
      const url = await uploadUrl();
      const stored = await fetch(url, {
        method: 'PUT',
        body: 'not gzip at all',
        headers: { 'content-encoding': 'gzip' },
      });

      expect(stored.status).toBe(415);
      expect((await fetch(await downloadUrlOf(url))).status).toBe(404);
    });

    const expectInvalid = async (response: Response): Promise<void> => {
      expect(response.status).toBe(401);
      expect(await response.text()).toBe('Temp URL invalid');
      expect(response.headers.get('content-type')).toContain('text/html');
      expect(response.headers.get('access-control-allow-origin')).toBe('*');
    };

    it('refuses an upload once its minute is over (§7.1, §7.3)', async () => {
      const url = await uploadUrl();
      clock.forward(62_000);

      await expectInvalid(await put(url));
    });

    it('refuses a download once its minute is over (§7.2, §7.3)', async () => {
      const url = await uploadUrl();
      await put(url);
      const download = await downloadUrlOf(url);
      expect((await fetch(download)).status).toBe(200);
      clock.forward(62_000);

      await expectInvalid(await fetch(download));
    });

    it('gives URLs the life that is set (App. B 14)', async () => {
      cloud.emulator.settings.fileUrlLifetimeS = 5;
      const url = await uploadUrl();
      clock.forward(7000);

      await expectInvalid(await put(url));
    });

    it('refuses the signature of the other direction (§7.3)', async () => {
      const url = await uploadUrl();
      await expectInvalid(await fetch(url));
      await put(url);
      await expectInvalid(await put(await downloadUrlOf(url)));
    });

    it('refuses a signature that was changed, moved, prolonged or left out (§7.1)', async () => {
      const url = new URL(await uploadUrl());
      const changed = (change: (next: URL) => void): string => {
        const next = new URL(url);
        change(next);
        return next.href;
      };
      const signature = url.searchParams.get('temp_url_sig') ?? '';
      const flipped = `${signature.startsWith('0') ? '1' : '0'}${signature.slice(1)}`;

      await expectInvalid(await put(changed((next) => next.searchParams.set('temp_url_sig', flipped))));
      await expectInvalid(
        await put(changed((next) => next.searchParams.set('temp_url_expires', '9999999999'))),
      );
      await expectInvalid(
        await put(changed((next) => (next.pathname = next.pathname.replace(/.{4}$/, '.GIF')))),
      );
      await expectInvalid(await put(changed((next) => (next.search = ''))));
      await expectInvalid(await put(`${cloud.emulator.origin}/v1/AUTH_async-images/demo/x.PNG${url.search}`));
      await expectInvalid(await fetch(url, { method: 'DELETE' }));
      await expectInvalid(await fetch(url, { method: 'POST', body: 'x' }));
      await expectInvalid(await fetch(`${cloud.emulator.origin}/v1/AUTH_async-images`));
    });

    it('answers 404 for a file that was never put (§7.2)', async () => {
      const answer = await fetch(await downloadUrlOf(await uploadUrl()));

      expect(answer.status).toBe(404);
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    });

    it('takes 3 MB, and refuses a byte more (§7.3)', async () => {
      const url = await uploadUrl();
      expect((await put(url, Buffer.alloc(LARGEST_FILE_BYTES, 1))).status).toBe(201);
      const tooLarge = await put(url, Buffer.alloc(LARGEST_FILE_BYTES + 1, 2));

      expect(tooLarge.status).toBe(413);
      expect(tooLarge.headers.get('content-type')).toContain('text/html');
      expect(tooLarge.headers.get('access-control-allow-origin')).toBe('*');
      const kept = Buffer.from(await (await fetch(await downloadUrlOf(url))).arrayBuffer());
      expect(kept.equals(Buffer.alloc(LARGEST_FILE_BYTES, 1))).toBe(true);
    });

    it('keeps nothing of an upload that breaks off', async () => {
      const url = await uploadUrl();
      const controller = new AbortController();
      const half = new ReadableStream<Uint8Array>({
        pull: (stream) => {
          stream.enqueue(new Uint8Array(10));
          controller.abort();
        },
      });
      const sending = fetch(url, { method: 'PUT', body: half, duplex: 'half', signal: controller.signal });

      await expectAsync(sending).toBeRejected();
      expect((await fetch(await downloadUrlOf(url))).status).toBe(404);
    });

    it('answers the preflight of a browser from any page (§7.1)', async () => {
      const answer = await fetch(await uploadUrl(), {
        method: 'OPTIONS',
        headers: {
          origin: 'http://localhost:8282',
          'access-control-request-method': 'PUT',
          'access-control-request-headers': 'content-type',
        },
      });

      expect(answer.ok).toBe(true);
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
      expect(answer.headers.get('access-control-allow-methods')).toBe('PUT, GET');
      expect(answer.headers.get('access-control-allow-headers')).toBe('content-type');
      expect((await put(await uploadUrl())).headers.get('access-control-allow-origin')).toBe('*');
    });

    it('allows browsers nothing else', async () => {
      const answer = await fetch(`${cloud.emulator.origin}${cloud.caller.path('/login')}`, {
        method: 'OPTIONS',
      });

      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    });
  });
});

type BodyContent = string | Buffer<ArrayBuffer>;
