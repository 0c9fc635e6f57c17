import { readRefusal } from './upstream-refusal.ts';
import type { UpstreamCall } from './upstream-call.ts';

const CALL: UpstreamCall = {
  ...{ service: 's', summary: 'app token', method: 'GET' },
  ...{ url: 'http://localhost:1/x', isRepeatable: true },
};

const read = (body: unknown) => {
  const { code, message } = readRefusal(CALL, { status: 400, headers: {}, body, setCookies: [] });
  return [code, message];
};

describe('the vendor’s own code and words', () => {
  it('are read from the error envelope (§2.1)', () => {
    const error = {
      time: 'now',
      message: 'CSRF token invalid!',
      internalCode: 10,
      responseStatus: 'UNAUTHORIZED',
    };
    expect(read({ error })).toEqual(['UNAUTHORIZED', 'CSRF token invalid!']);
    expect(read({ error: { message: 'No', internalCode: 10 } })).toEqual(['10', 'No']);
  });

  it('are read from OAuth errors (§5.1)', () => {
    expect(read({ error: 'invalid_client', error_description: 'wrong secret' })).toEqual([
      'invalid_client',
      'wrong secret',
    ]);
  });

  it('are read from results (§6.6 A), alone or in a list', () => {
    const bad = { reqId: '2', code: 'BAD_REQUEST', body: { msg: 'Bad Request' } };
    expect(read(bad)).toEqual(['BAD_REQUEST', 'Bad Request']);
    expect(read([{ reqId: '1', code: 'OK', body: {} }, bad])).toEqual(['BAD_REQUEST', 'Bad Request']);
  });

  it('are read from gateway errors (§6.6 B)', () => {
    const body = { title: 'Invalid AppJWT', details: 'AppJWT has expired or is invalid', errorCode: 40102 };
    expect(read({ kind: 'resp', code: 401, body, type: '.ReqBody$ErrorResp' })).toEqual([
      '40102',
      body.details,
    ]);
  });

  it('come with the environment that answered and the exchange that tells more', () => {
    const answer = { status: 400, headers: {}, body: '', setCookies: [], exchangeId: 'e1' };

    expect(readRefusal(CALL, answer)).toEqual(
      jasmine.objectContaining({ summary: 'app token', environment: 'emulator', exchangeId: 'e1' }),
    );
    expect(readRefusal({ ...CALL, url: 'https://va.liveperson.net/x' }, answer).environment).toBe(
      'liveperson',
    );
  });

  it('come with the call that was answered, without its query and its secrets', () => {
    const answer = { status: 400, headers: {}, body: '', setCookies: [] };
    const call = { ...CALL, url: 'http://localhost:1/a/s3cr3t/b?v=1.0&sig=x', secrets: ['s3cr3t'] };

    const { request } = readRefusal(call, answer);

    expect(request).toMatch(/^GET http:\/\/localhost:1\/a\/[^/]+\/b$/);
    expect(request).not.toContain('s3cr3t');
  });

  it('are missing when there are none', () => {
    expect(read('')).toEqual([null, null]);
    expect(read('<html>Bad gateway</html>')).toEqual([null, null]);
    expect(read('plain words')).toEqual([null, 'plain words']);
    expect(read(null)).toEqual([null, null]);
    expect(read([])).toEqual([null, null]);
    expect(read(7)).toEqual([null, null]);
  });
});
