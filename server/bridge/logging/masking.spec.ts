import { MASK, maskBody, maskHeaders, maskSecrets, maskUrl, maskWebhookHeaders } from './masking.ts';

describe('masking', () => {
  it('hides secret members of a body however they are written and however deep they stand', () => {
    const body = {
      password: 'p',
      Bearer: 'b',
      csrf: 'c',
      client_secret: 's',
      clientSecret: 's',
      'access-token': 't',
      access_token: 't',
      token: 't',
      nested: [{ queryParams: { temp_url_sig: 'x', temp_url_expires: '1' } }],
      headers: [{ header_name: 'X-Key', header_value: 'k' }],
      username: 'kim',
      client_id: 'app',
      token_type: 'Bearer',
    };

    expect(maskBody(body)).toEqual({
      password: MASK,
      Bearer: MASK,
      csrf: MASK,
      client_secret: MASK,
      clientSecret: MASK,
      'access-token': MASK,
      access_token: MASK,
      token: MASK,
      nested: [{ queryParams: { temp_url_sig: MASK, temp_url_expires: '1' } }],
      headers: [{ header_name: 'X-Key', header_value: MASK }],
      username: 'kim',
      client_id: 'app',
      token_type: 'Bearer',
    });
  });

  it('shows that a secret is empty or absent, and leaves the original alone', () => {
    const body = { client_secret: null, password: '' };

    expect(maskBody(body)).toEqual({ client_secret: null, password: '' });
    expect(maskBody('text')).toBe('text');
    const original = { password: 'p' };
    maskBody(original);
    expect(original.password).toBe('p');
  });

  it('hides secret members of text that was to be JSON or a form, wherever it breaks off', () => {
    const whole = JSON.stringify({
      id: 'shown',
      client_secret: 'canary "quoted" \\ canary',
      list: [{ Bearer: 'canary' }],
      last: 'shown',
    });

    for (let end = 0; end < whole.length; end += 1) {
      expect(String(maskBody(whole.slice(0, end)))).not.toContain('canary');
    }
    expect(String(maskBody(`${whole}]`))).toContain('"last":"shown"');
    expect(maskBody('access_token=canary&token_type=Bearer')).toBe(`access_token=${MASK}&token_type=Bearer`);
    expect(maskBody('a page that says token: none')).toBe('a page that says token: none');
  });

  it('hides them in a text as long as an answer may be', () => {
    const long = `{"client_secret":"${'\\"canary'.repeat(500_000)}`;

    expect(maskBody(long)).toBe(`{"client_secret":"${MASK}`);
  });

  it('masks what is nested beyond reason instead of failing', () => {
    let deep: unknown = 'bottom';
    for (let level = 0; level < 5000; level += 1) deep = [deep];

    expect(JSON.stringify(maskBody(deep))).toContain(MASK);
  });

  it('hides secret parameters of a URL', () => {
    expect(maskUrl('https://h/p?v=1.0&client_secret=abc&temp_url_sig=d&client_id=x')).toBe(
      `https://h/p?v=1.0&client_secret=${MASK}&temp_url_sig=${MASK}&client_id=x`,
    );
    expect(maskUrl('not a url')).toBe('not a url');
  });

  it('hides credentials in headers and keeps their scheme', () => {
    expect(
      maskHeaders({
        authorization: 'Bearer abc',
        Authorization: 'eyJhbGciOi',
        cookie: 'Session_id=1',
        'set-cookie': ['a=1', 'b=2'],
        'x-lp-on-behalf': 'eyJ',
        'ac-revision': '7',
        vary: ['a', 'b'],
        absent: undefined,
      }),
    ).toEqual({
      authorization: `Bearer ${MASK}`,
      Authorization: MASK,
      cookie: MASK,
      'set-cookie': MASK,
      'x-lp-on-behalf': MASK,
      'ac-revision': '7',
      vary: 'a, b',
    });
  });

  it('shows of a webhook’s headers only those that are known to be harmless', () => {
    expect(
      maskWebhookHeaders({
        'Content-Type': 'application/json',
        'x-api-key': 'k',
        cookie: 'c',
        gone: undefined,
      }),
    ).toEqual({
      'Content-Type': 'application/json',
      'x-api-key': MASK,
      cookie: MASK,
    });
  });

  it('keeps a name that means more than a name, as a name', () => {
    const odd = Object.fromEntries<unknown>([
      ['__proto__', { a: 1 }],
      ['constructor', 'c'],
      ['token', 't'],
    ]);
    const headers = Object.fromEntries([
      ['__proto__', 'p'],
      ['constructor', 'c'],
    ]);

    expect(JSON.stringify(maskBody(odd))).toBe(`{"__proto__":{"a":1},"constructor":"c","token":"${MASK}"}`);
    expect(JSON.stringify(maskHeaders(headers))).toBe('{"__proto__":"p","constructor":"c"}');
    expect(JSON.stringify(maskWebhookHeaders(headers))).toBe(
      `{"__proto__":"${MASK}","constructor":"${MASK}"}`,
    );
    expect(Object.getPrototypeOf(maskWebhookHeaders(headers))).toBe(Object.prototype);
  });

  it('finds secrets by value in any writing', () => {
    const secret = 'a b"c/é';

    const text = maskSecrets(
      `plain ${secret} url ${encodeURIComponent(secret)} json ${JSON.stringify(secret)}`,
      [secret],
    );

    expect(text).toBe(`plain ${MASK} url ${MASK} json "${MASK}"`);
    expect(maskSecrets('a short one stays readable', ['a'])).toBe('a short one stays readable');
  });
});
