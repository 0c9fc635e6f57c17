import fc from 'fast-check';

import { WEBHOOK_EVENT_TYPES } from '#protocol/app-installation';

import { EMPTY_HEADER, type AppForm, type EndpointForm } from './app-form';
import { NEW_MANIFEST, localisedIn, manifestOf, withDemoMarker, type Manifest } from './manifest';
import { toForm, toFormLike } from './to-form';
import { toManifest } from './to-manifest';
import { HERE, buildInstallation, endpointsAt } from '../../testing/build-installation';

const CONTENT = 'ms.MessagingEventNotification.ContentEvent';
const CHAT_STATE = 'ms.MessagingEventNotification.ChatStateEvent';

/** A manifest with something unknown at every level. */
const STORED: Manifest = {
  client_name: 'Bridge',
  'client_name#de': 'Brücke',
  description: 'Bridges',
  enabled: true,
  scope: 'msg.consumer agent_id',
  grant_types: ['client_credentials', 'x_grant'],
  response_types: ['code'],
  custom: { deep: [1, { two: 2 }] },
  capabilities: {
    broadcast: { enabled: false },
    webhooks: {
      [CONTENT]: {
        endpoint: 'https://a.example/x',
        max_retries: 3,
        headers: [
          { header_name: 'X-A', header_value: '1', note: 'kept' },
          { header_name: 'X-B', header_value: '2' },
        ],
        tls: 'mutual',
      },
      'ms.Future': { since: 2030 },
      retry: { retention_time: 9200, mode: 'slow' },
    },
    engagement: { design_engagement: true, entry_point: ['url'], palette: 'blue' },
  },
};

const webhooksOf = (manifest: Manifest) =>
  (manifest['capabilities'] as { webhooks: Record<string, unknown> }).webhooks;

function editEndpoint(form: AppForm, type: string, change: Partial<EndpointForm>): AppForm {
  const endpoints = form.webhooks.endpoints.map((each) =>
    each.type === type ? { ...each, ...change } : each,
  );
  return { ...form, webhooks: { ...form.webhooks, endpoints } };
}

describe('toManifest', () => {
  it('gives back an untouched manifest to the last unknown member', () => {
    expect(toManifest(toForm(STORED), STORED)).toEqual({ ...STORED });
    expect(toManifest(toForm(NEW_MANIFEST), NEW_MANIFEST)).toEqual({ ...NEW_MANIFEST });
  });

  it('gives back whatever an account may hold, however odd', () => {
    const odd = fc.oneof(fc.jsonValue(), fc.constantFrom(null, '', 0, 3600, [], {}));
    const endpoint = fc.oneof(
      odd,
      fc.record({ endpoint: odd, max_retries: odd, headers: odd, other: odd }, { requiredKeys: [] }),
    );
    const webhooks = fc.dictionary(fc.constantFrom(...WEBHOOK_EVENT_TYPES, 'retry', 'ms.Future'), endpoint);
    const engagement = fc.oneof(odd, fc.dictionary(fc.constantFrom('entry_point', 'goal', 'x'), odd));
    const capabilities = fc.oneof(odd, fc.record({ webhooks, engagement, more: odd }, { requiredKeys: [] }));
    const names = [
      'client_name',
      'description',
      'enabled',
      'scope',
      'grant_types',
      'redirect_uris',
      'logo_uri',
    ];
    const manifest = fc
      .tuple(fc.dictionary(fc.constantFrom(...names, 'x#de'), odd), capabilities)
      .map(([members, capability]): Manifest => ({ ...members, capabilities: capability }));

    fc.assert(
      fc.property(manifest, (stored) => {
        expect(toManifest(toForm(stored), stored)).toEqual({ ...stored });
      }),
    );
  });

  it('writes what was edited, without blanks around it, and nothing else', () => {
    const form = toForm(STORED);
    const edited = toManifest(
      { ...form, details: { ...form.details, name: ' Bridge 2 ', isEnabled: false } },
      STORED,
    );

    expect(edited).toEqual({ ...STORED, client_name: 'Bridge 2', enabled: false });
  });

  it('changes an endpoint and keeps its unknown members, the others and unknown keys', () => {
    const form = editEndpoint(toForm(STORED), CONTENT, { url: 'https://b.example/y', maxRetries: '' });

    const webhooks = webhooksOf(toManifest(form, STORED));

    expect(webhooks[CONTENT]).toEqual(
      jasmine.objectContaining({
        endpoint: 'https://b.example/y',
        tls: 'mutual',
        headers: jasmine.any(Array),
      }),
    );
    expect(webhooks[CONTENT]).not.toEqual(jasmine.objectContaining({ max_retries: jasmine.anything() }));
    expect(webhooks['ms.Future']).toEqual({ since: 2030 });
    expect(webhooks['retry']).toEqual({ retention_time: 9200, mode: 'slow' });
  });

  it('leaves out an endpoint that was emptied', () => {
    const webhooks = webhooksOf(toManifest(editEndpoint(toForm(STORED), CONTENT, { url: ' ' }), STORED));

    expect(Object.keys(webhooks)).toEqual(['ms.Future', 'retry']);
  });

  it('adds an endpoint with headers and retries', () => {
    const form = editEndpoint(toForm(STORED), CHAT_STATE, {
      url: ' https://c.example ',
      maxRetries: '5',
      headers: [{ name: 'X-Key', value: 'v' }],
    });

    expect(webhooksOf(toManifest(form, STORED))[CHAT_STATE]).toEqual({
      endpoint: 'https://c.example',
      max_retries: 5,
      headers: [{ header_name: 'X-Key', header_value: 'v' }],
    });
  });

  it('keeps what else a header had, wherever it moves to', () => {
    const headers = [
      { name: 'X-B', value: 'new' },
      { name: 'X-A', value: '1' },
    ];

    const content = webhooksOf(toManifest(editEndpoint(toForm(STORED), CONTENT, { headers }), STORED))[
      CONTENT
    ];

    expect(content).toEqual(
      jasmine.objectContaining({
        headers: [
          { header_name: 'X-B', header_value: 'new' },
          { header_name: 'X-A', header_value: '1', note: 'kept' },
        ],
      }),
    );
  });

  it('does not send a header that was typed and not added', () => {
    const form = editEndpoint(toForm(STORED), CONTENT, { newHeader: { name: 'X-C', value: '3' } });

    expect(toManifest(form, STORED)).toEqual({ ...STORED });
  });

  it('sets and removes the retention time', () => {
    const form = toForm(STORED);
    const withRetention = (retention: string) =>
      webhooksOf(toManifest({ ...form, webhooks: { ...form.webhooks, retention } }, STORED))['retry'];

    expect(withRetention('7200')).toEqual({ retention_time: 7200, mode: 'slow' });
    expect(withRetention('')).toEqual({ mode: 'slow' });
    const plain = { capabilities: { webhooks: { retry: { retention_time: 3600 } } } };
    const without = { ...toForm(plain), webhooks: { ...toForm(plain).webhooks, retention: '' } };
    expect(webhooksOf(toManifest(without, plain))).toEqual({});
  });

  it('completes an engagement that lacks switches once it is edited, and keeps what it has besides', () => {
    const form = toForm(STORED);
    const engagement = { ...form.engagement, goal: ['lead'] };

    expect(toManifest({ ...form, engagement }, STORED)['capabilities']).toEqual(
      jasmine.objectContaining({
        engagement: {
          design_engagement: true,
          design_window: false,
          language_selection: false,
          entry_point: ['url'],
          goal: ['lead'],
          palette: 'blue',
        },
      }),
    );
  });

  it('removes the engagement when it is switched off, and adds all of it when it is switched on', () => {
    const form = toForm(STORED);
    const off = toManifest({ ...form, engagement: { ...form.engagement, isOn: false } }, STORED);
    expect(off['capabilities']).not.toEqual(jasmine.objectContaining({ engagement: jasmine.anything() }));

    const on = toManifest({ ...toForm(off), engagement: toForm(NEW_MANIFEST).engagement }, off);
    expect(on['capabilities']).toEqual(
      jasmine.objectContaining({ engagement: jasmine.objectContaining({ consumer_identity: ['auth'] }) }),
    );
  });

  it('marks the name of a demo app once', () => {
    const form = toForm(NEW_MANIFEST);
    const named = (name: string) =>
      toManifest({ ...form, details: { ...form.details, name, isDemo: true } }, NEW_MANIFEST)['client_name'];

    expect(named(' Chat ')).toBe('Chat--Demo--');
    expect(named('Chat--Demo--')).toBe('Chat--Demo--');
    expect(withDemoMarker('x')).toBe('x--Demo--');
  });

  it('writes redirect URIs line by line', () => {
    const form = toForm(STORED);
    const redirectUris = ' https://a.example/1 \n\nhttps://a.example/2\n';

    expect(
      toManifest({ ...form, details: { ...form.details, redirectUris } }, STORED)['redirect_uris'],
    ).toEqual(['https://a.example/1', 'https://a.example/2']);
  });
});

describe('toForm', () => {
  it('opens an app whatever its engagement lacks', () => {
    for (const engagement of [null, {}, { goal: 'no list' }, { entry_point: [1, 'url'] }]) {
      expect(() => toForm({ capabilities: { engagement } })).not.toThrow();
    }
    expect(
      toForm({ capabilities: { engagement: { entry_point: [1, 'url'] } } }).engagement.entryPoint,
    ).toEqual(['url']);
  });

  it('offers all five endpoints, also those that the app lacks', () => {
    const { endpoints } = toForm({ client_name: 'x' }).webhooks;

    expect(endpoints.map(({ type }) => type)).toEqual([...WEBHOOK_EVENT_TYPES]);
    expect(endpoints[0]).toEqual(jasmine.objectContaining({ url: '', headers: [], newHeader: EMPTY_HEADER }));
  });

  it('shares nothing with the manifest that an edit could leave a trace in', () => {
    const before = JSON.stringify(STORED);
    const form = editEndpoint(toForm(STORED), CONTENT, { headers: [], url: 'https://gone.example' });
    toManifest(form, STORED);

    expect(JSON.stringify(STORED)).toBe(before);
  });
});

describe('toFormLike', () => {
  it('keeps a demo app one as long as the manifest’s name says so', () => {
    const form = toForm(NEW_MANIFEST);
    const demo = { ...form, details: { ...form.details, isDemo: true, name: 'Chat' } };

    const still = toFormLike(demo, { ...NEW_MANIFEST, client_name: 'Chat 2--Demo--' }).details;
    const noMore = toFormLike(demo, { ...NEW_MANIFEST, client_name: 'Chat 2' }).details;

    expect([still.name, still.isDemo]).toEqual(['Chat 2', true]);
    expect([noMore.name, noMore.isDemo]).toEqual(['Chat 2', false]);
  });
});

describe('manifestOf', () => {
  it('is the installation without what only the server sets', () => {
    const app = buildInstallation({ name: 'Bridge', deleted: false, webhooks: endpointsAt(HERE) });

    expect(manifestOf(app)).toEqual({
      client_name: 'Bridge',
      enabled: true,
      scope: 'msg.consumer',
      capabilities: { webhooks: endpointsAt(HERE) },
    });
  });

  it('knows in which languages an app is named', () => {
    expect(localisedIn({ 'client_name#de': 'a', 'description#de': 'b', 'description#fr': 'c' })).toEqual([
      'de',
      'fr',
    ]);
  });
});
