import { asAccountId } from '#protocol/identifiers';

import { systemClock } from '../clock.ts';
import type { Clock } from '../clock.ts';
import { defaultCloudSettings } from '../cloud-settings.ts';
import { FileUrls, newFilePath, partsOfFilePath, tempUrlSignature } from './file-urls.ts';

const ORIGINATOR = 'ade26082b1185839d17e0794924c1a0005cf5663e7c35e38f80dd8552a1a96e5';
const PATH = `/v1/AUTH_async-images/64467156/${ORIGINATOR}_uuid_c9ac2ba7-2eb1-4f93-9e1a-5b6d1a0c8f11_04-06-2018_04-10-59-845.PNG`;

describe('The signature of a file URL (§7.3)', () => {
  const example = { key: 'swift-demo-key', expires: '1528099919', path: PATH };

  it('is that of the worked example for PUT', () => {
    expect(tempUrlSignature({ ...example, method: 'PUT' })).toBe('0127b8202c7194f05b0085a8b895ce87636922b8');
  });

  it('is that of the worked example for GET', () => {
    expect(tempUrlSignature({ ...example, method: 'GET' })).toBe('c404f8733546135ab23e7ce6918a6cf21af8e7ad');
  });
});

describe('The path of a shared file (§6.5)', () => {
  const at = Date.UTC(2018, 5, 4, 4, 10, 59, 845);
  const make = (): string => newFilePath(asAccountId('demo'), ORIGINATOR, { fileType: 'PNG', at });

  it('names account, originator, a new UUID, day, time and type', () => {
    expect(make()).toMatch(
      new RegExp(
        `^/v1/AUTH_async-images/demo/${ORIGINATOR}_uuid_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}_04-06-2018_04-10-59-845\\.PNG$`,
      ),
    );
    expect(make()).not.toBe(make());
  });

  it('can be taken apart again, the documented one too', () => {
    expect(partsOfFilePath(make())?.account).toBe('demo');
    expect(partsOfFilePath(PATH)?.account).toBe('64467156');
  });

  it('leads to no other place', () => {
    const [, , , , name = ''] = PATH.split('/');
    for (const path of [
      '/v1/AUTH_async-images/../demo/x.PNG',
      `/v1/AUTH_async-images/../${name}`,
      `/v1/AUTH_async-images/demo/../${name}`,
      `/v1/AUTH_async-images/demo/${name}/..`,
      `/v1/AUTH_async-images/demo/${name.replace('_uuid_', '/uuid/')}`,
      `/v1/other/demo/${name}`,
      `${PATH}.json`,
    ])
      expect(partsOfFilePath(path)).withContext(path).toBeNull();
  });
});

describe('A signed file URL (§7.3)', () => {
  let now: number;
  let urls: FileUrls;
  beforeEach(() => {
    now = 1_528_099_859_000;
    const clock: Clock = { ...systemClock, now: () => now };
    urls = new FileUrls({ clock, settings: { ...defaultCloudSettings }, key: 'swift-demo-key' });
  });

  it('ends a minute later, told in epoch seconds as text (§6.5)', () => {
    expect(urls.sign('PUT', PATH)).toEqual({
      temp_url_sig: '0127b8202c7194f05b0085a8b895ce87636922b8',
      temp_url_expires: '1528099919',
    });
  });

  const rows: readonly (readonly [string, number, boolean])[] = [
    ['at once', 0, true],
    ['after 59 s', 59_000, true],
    ['after 60 s', 60_000, true],
    ['after 61 s', 61_000, false],
    ['after an hour', 3_600_000, false],
  ];
  for (const [when, laterMs, isValid] of rows) {
    it(`${isValid ? 'is good' : 'is no good'} ${when}`, () => {
      const signed = urls.sign('GET', PATH);
      now += laterMs;

      expect(urls.isValid('GET', PATH, signed)).toBe(isValid);
    });
  }

  it('is good for its method, path and time only', () => {
    const signed = urls.sign('PUT', PATH);

    expect(urls.isValid('PUT', PATH, signed)).toBe(true);
    expect(urls.isValid('GET', PATH, signed)).toBe(false);
    expect(urls.isValid('PUT', PATH.replace('845', '846'), signed)).toBe(false);
    expect(urls.isValid('PUT', PATH, { ...signed, temp_url_expires: '1528099920' })).toBe(false);
    expect(urls.isValid('PUT', PATH, { ...signed, temp_url_expires: 'never' })).toBe(false);
    expect(urls.isValid('PUT', PATH, { ...signed, temp_url_sig: '' })).toBe(false);
  });
});
