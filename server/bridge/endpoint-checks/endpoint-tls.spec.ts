import { certificateFor, selfSigned, testAuthority } from '../../testing/certificates.ts';
import { CheckBench, ok } from '../../testing/check-bench.ts';

describe('the check of endpoints over TLS', () => {
  let bench: CheckBench;

  beforeEach(async () => {
    bench = await CheckBench.start();
  });
  afterEach(() => bench[Symbol.asyncDispose]());

  const authority = testAuthority;

  it('passes a chain that is trusted, and tells who issued it', async () => {
    const url = await bench.serveTls(certificateFor(authority, ['localhost']));

    const { cause, tls } = await bench.checkMessages(url);

    expect(cause).toBe('elsewhere');
    expect(tls).toEqual(
      jasmine.objectContaining({
        protocol: 'TLSv1.3',
        names: ['localhost'],
        issuer: 'Test CA',
        error: null,
      }),
    );
  });

  it('sends nothing to a server with a self-signed certificate', async () => {
    let asked = 0;
    const url = await bench.serveTls(selfSigned(['localhost']), (_request, response) => {
      asked += 1;
      response.end();
    });

    const { cause, tls, status } = await bench.checkMessages(url);

    expect([cause, status, asked]).toEqual(['certificate-self-signed', null, 0]);
    expect(tls?.error).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
  });

  it('names a certificate that has expired', async () => {
    const past = { from: new Date('2020-01-01'), to: new Date('2020-02-01') };
    const url = await bench.serveTls(certificateFor(authority, ['localhost'], past));

    const { cause, tls } = await bench.checkMessages(url);

    expect(cause).toBe('certificate-expired');
    expect(tls?.validTo).toBe(Date.UTC(2020, 1, 1));
  });

  it('names a certificate for another host', async () => {
    const url = await bench.serveTls(certificateFor(authority, ['elsewhere.example']));

    const { cause, tls } = await bench.checkMessages(url);

    expect(cause).toBe('certificate-wrong-host');
    expect(tls?.names).toEqual(['elsewhere.example']);
  });

  it('names a chain that leads to nobody who is trusted', async () => {
    const stranger = selfSigned(['Some other CA'], { isAuthority: true });
    const url = await bench.serveTls(certificateFor(stranger, ['localhost']));

    expect((await bench.checkMessages(url)).cause).toBe('certificate-untrusted');
  });

  it('names a server that speaks only versions that nobody takes any more', async () => {
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    const url = await bench.serveTls({ ...certificateFor(authority, ['localhost']), ...old });

    expect((await bench.checkMessages(url)).cause).toBe('tls-too-old');
  });

  it('names a port that speaks plain HTTP', async () => {
    const url = await bench.serve(ok);

    expect(await bench.checkMessages(url.replace('http:', 'https:'))).toEqual(
      jasmine.objectContaining({
        cause: 'tls-failed',
        error: jasmine.stringMatching(/^ERR_SSL_[A-Z_]+: [a-z ]+$/),
      }),
    );
  });
});
