import { toCurl } from './curl';

const call = {
  method: 'POST',
  url: 'https://va.example.com/api/send?v=3',
  headers: {
    Authorization: '•••',
    'X-LP-ON-BEHALF': '•••',
    'content-type': 'application/json',
    'content-length': '99',
  },
  body: { kind: 'req', text: "it's $HOME `now`" },
};

describe('toCurl', () => {
  it('names each secret as a variable and leaves out what curl writes itself', () => {
    const command = toCurl(call);

    expect(command).toContain(`-H 'Authorization: '"$APP_TOKEN"`);
    expect(command).toContain(`-H 'X-LP-ON-BEHALF: '"$CONSUMER_TOKEN"`);
    expect(command).not.toContain('content-length');
    expect(command).not.toContain('•');
  });

  it('quotes texts so that a shell runs nothing of them', () => {
    expect(toCurl(call)).toContain(
      String.raw`--data-raw '{"kind":"req","text":"it'\''s $HOME ` + '`now`' + `"}'`,
    );
  });

  it('keeps forms as forms, which curl encodes, with the secret outside of the quotes', () => {
    const command = toCurl({
      ...call,
      headers: { 'content-type': 'application/x-www-form-urlencoded', authorization: 'Bearer •••' },
      body: { client_id: 'a b', client_secret: '•••' },
    });

    expect(command).toContain(`--data-urlencode 'client_id=a b' \\\n`);
    expect(command).toContain(`--data-urlencode 'client_secret='"$APP_SECRET"`);
    expect(command).toContain(`'authorization: Bearer '"$BEARER"`);
  });

  it('sends a file in the place of one that the bridge did not keep', () => {
    const command = toCurl({ ...call, method: 'PUT', body: '1234 bytes of image/png, not kept' });

    expect(command).toContain('--data-binary "@$FILE"');
    expect(command).not.toContain('not kept');
  });

  it('names a secret of the URL after its parameter and sends no empty body', () => {
    const command = toCurl({ ...call, method: 'GET', url: 'https://x/f?temp_url_sig=•••&a=1', body: null });

    expect(command).toContain(`curl -X GET 'https://x/f?temp_url_sig='"$FILE_SIGNATURE"'&a=1'`);
    expect(command).not.toContain('--data-raw');
  });
});
