import { webhookToCurl } from './webhook-curl';

const webhook = {
  url: 'http://localhost:8282/notifications/event',
  headers: {
    'content-type': 'application/json',
    'content-length': '99',
    host: 'somewhere.example.com',
    'x-liveperson-account-id': 'demo',
    'x-liveperson-client-id': 'app-1',
    'x-liveperson-signature': 'sha1=2jmj7l5rSw0yVb/vlWAYkK/YBwk=',
    'x-forwarded-for': '•••',
  },
  body: `{"text":"it's $HOME \`now\`"}`,
};

describe('webhookToCurl', () => {
  it('signs the body anew by the app’s secret, which it does not hold', () => {
    const command = webhookToCurl(webhook);

    expect(command).toContain(
      'signature=sha1=$(printf %s "$body" | openssl dgst -sha1 -hmac "$APP_SECRET" -binary | openssl base64 -A)',
    );
    expect(command).toContain('-H "x-liveperson-signature: $signature"');
    expect(command).not.toContain('2jmj7l5rSw0yVb');
  });

  it('signs in the form of the signature that came', () => {
    const signedLike = (signature: string) =>
      webhookToCurl({ ...webhook, headers: { 'x-liveperson-signature': signature } });

    expect(signedLike('sha256=uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek=')).toContain(
      'signature=sha256=$(printf %s "$body" | openssl dgst -sha256',
    );
    expect(signedLike('sha1=2fd4e1c67a2d28fced849ee1bb76e7391b93eb12')).toContain(
      String.raw`-binary | od -An -v -tx1 | tr -d ' \n')`,
    );
  });

  it('posts the headers that came, but for what curl writes itself, and quotes the body', () => {
    const command = webhookToCurl(webhook);

    expect(command).toContain("curl -X POST 'http://localhost:8282/notifications/event'");
    expect(command).toContain("-H 'x-liveperson-account-id: demo'");
    expect(command).toContain(`-H 'x-forwarded-for: '"$X_FORWARDED_FOR"`);
    expect(command).not.toContain('content-length');
    expect(command).not.toContain('somewhere.example.com');
    expect(command).toContain(String.raw`body='{"text":"it'\''s $HOME ` + '`now`"}' + "'\n");
  });
});
