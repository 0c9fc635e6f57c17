import { postFailure } from './post-failure.ts';

const reasonOf = (code: string) => postFailure(Object.assign(new Error('It failed'), { code })).reason;

describe('Why an endpoint gave no status', () => {
  it('tells a certificate that is not trusted, and no TLS, from an answer that broke off', () => {
    for (const code of [
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'ERR_TLS_CERT_ALTNAME_INVALID',
      'CERT_HAS_EXPIRED',
    ])
      expect(reasonOf(code)).withContext(code).toBe('certificate');
    expect(['EPROTO', 'ERR_SSL_WRONG_VERSION_NUMBER'].map(reasonOf)).toEqual(['no-tls', 'no-tls']);
    expect(['ECONNRESET', 'ECONNREFUSED'].map(reasonOf)).toEqual(['broken-off', 'refused']);
  });
});
