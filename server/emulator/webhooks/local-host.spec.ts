import { isLoopback } from './local-host.ts';

describe('isLoopback', () => {
  it('knows the names and addresses of this machine, as URLs write them', () => {
    const hosts = [
      'http://localhost/',
      'http://app.localhost/',
      'http://127.0.0.1/',
      'http://127.9.9.9/',
      'http://[::1]/',
    ];
    const alsoWritten = [
      'http://LOCALHOST/',
      'http://2130706433/',
      'http://0x7f.1/',
      'http://[0:0:0:0:0:0:0:1]/',
    ];
    for (const url of [...hosts, ...alsoWritten]) {
      expect(isLoopback(new URL(url).hostname))
        .withContext(url)
        .toBe(true);
    }
  });

  it('takes nothing else for this machine', () => {
    for (const url of [
      'http://example.com/',
      'http://localhost.example.com/',
      'http://notlocalhost/',
      'http://10.0.0.1/',
      'http://0.0.0.0/',
      'http://128.0.0.1/',
      'http://[::2]/',
      'http://[::ffff:8.8.8.8]/',
      'http://127.0.0.1.example.com/',
    ]) {
      expect(isLoopback(new URL(url).hostname))
        .withContext(url)
        .toBe(false);
    }
  });
});
