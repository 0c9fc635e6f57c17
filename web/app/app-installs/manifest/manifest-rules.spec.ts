import { BridgeFailure, BRIDGE_UNREACHABLE } from '../../bridge/bridge-failure';
import { buildFailure } from '../../testing/build-failure';
import { ENGAGEMENT_LISTS } from './engagement-words';
import {
  connectorAdvice,
  descriptionProblem,
  headerNameProblem,
  headerValueProblem,
  logoProblem,
  nameProblem,
  redirectProblem,
  retentionProblem,
  retriesProblem,
  wordsProblem,
} from './manifest-rules';
import { manifestPath, refusedMembers } from './problem-path';
import { durationWords, retentionChoices } from './retention';

const CONTENT = 'ms.MessagingEventNotification.ContentEvent';

describe('the rules of a manifest', () => {
  it('want a name of 1 to 128 characters, the marker of a demo included', () => {
    expect(nameProblem('  ', false)).toBe('Enter a name.');
    expect(nameProblem('x'.repeat(128), false)).toBeNull();
    expect(nameProblem('x'.repeat(129), false)).toContain('128');
    expect(nameProblem('x'.repeat(121), true)).toContain('--Demo--');
    expect(nameProblem('x'.repeat(120), true)).toBeNull();
  });

  it('want a description of 1 to 256 characters, and a logo of at most 1024', () => {
    expect(descriptionProblem(' ')).not.toBeNull();
    expect(descriptionProblem('x'.repeat(256))).toBeNull();
    expect(descriptionProblem('x'.repeat(257))).toContain('257');
    expect(logoProblem('')).toBeNull();
    expect(logoProblem(`/${'x'.repeat(1025)}`)).toContain('1024');
  });

  it('want the address of a logo, whole or on LivePerson’s own site', () => {
    for (const address of ['https://a.example/logo.png', 'http://localhost/a.png', '/src/img/Mobile-App.png'])
      expect(logoProblem(address)).withContext(address).toBeNull();
    for (const text of ['nope', 'example.com/logo.png', 'ftp://a.example/logo.png'])
      expect(logoProblem(text)).withContext(text).toContain('https://example.com/logo.png');
  });

  it('want whole redirect URIs, each once, and one for the authorization code grant', () => {
    expect(redirectProblem('', ['client_credentials'])).toBeNull();
    expect(redirectProblem(' \n', ['authorization_code'])).toContain('needs a redirect URI');
    expect(redirectProblem('https://a.example/1\napp://cb', ['authorization_code'])).toBeNull();
    expect(redirectProblem('https://a.example/1\nnope', [])).toContain('“nope”');
    expect(redirectProblem(`https://a.example/${'x'.repeat(128)}`, [])).toContain('128');
    expect(redirectProblem('https://a.example\nhttps://a.example', [])).toContain('twice');
  });

  it('advise on what a connector would lack', () => {
    expect(connectorAdvice('msg.consumer agent_id', ['client_credentials'])).toBeNull();
    expect(connectorAdvice('agent_id', ['client_credentials'])).toContain('msg.consumer');
    expect(connectorAdvice('msg.consumer', [])).toContain('client credentials');
  });

  it('want documented retries and retention times', () => {
    expect(['', '0', '5'].map(retriesProblem)).toEqual([null, null, null]);
    expect(retriesProblem('6')).toContain('0 and 5');
    expect(['', '2', '9200', '259200'].map(retentionProblem)).toEqual([null, null, null, null]);
    expect(['1', '259201', '3.5'].every((text) => retentionProblem(text) !== null)).toBeTrue();
  });

  it('want a header name that is a token and not there yet, in whatever case', () => {
    expect(headerNameProblem('X-My-Header', ['x-other'])).toBeNull();
    for (const name of ['', 'a b', 'a:b', 'ä', 'a\nb', '(x)']) {
      expect(headerNameProblem(name, [])).withContext(name).not.toBeNull();
    }
    expect(headerNameProblem('x-a', ['X-A'])).toContain('already');
  });

  it('want a header value on one line', () => {
    expect(headerValueProblem('Basic abc= é')).toBeNull();
    for (const value of ['', ' ', 'a\r\nX: y', 'smile 😀']) {
      expect(headerValueProblem(value)).withContext(value).not.toBeNull();
    }
  });

  it('want as many different words as documented', () => {
    const { entryPoint, goal, consumerIdentity } = ENGAGEMENT_LISTS;
    expect(wordsProblem([], entryPoint)).toContain('at least one');
    expect(wordsProblem([], goal)).toBeNull();
    expect(wordsProblem(['a', 'b', 'c', 'd', 'e', 'f'], consumerIdentity)).toContain('at most 5');
    expect(wordsProblem(['url', 'url'], goal)).toContain('twice');
  });

  it('begin with words that keep them', () => {
    for (const rules of Object.values(ENGAGEMENT_LISTS)) {
      expect(wordsProblem(rules.defaults, rules)).withContext(rules.member).toBeNull();
    }
  });
});

describe('retentionChoices', () => {
  it('offers the usual times with their right seconds', () => {
    const seconds = Object.fromEntries(retentionChoices('').map(({ value, label }) => [label, value]));

    expect(seconds).toEqual(
      jasmine.objectContaining({
        '1 hour': '3600',
        '2 hours': '7200',
        '12 hours': '43200',
        '72 hours': '259200',
      }),
    );
    expect(retentionChoices('').length).toBe(9);
  });

  it('shows a stored time that is none of them, at its place', () => {
    const choices = retentionChoices('9200');

    expect(choices[3]).toEqual({ value: '9200', label: '2 h 33 min 20 s (9200 s)' });
    expect(choices.length).toBe(10);
    expect([2, 90, 60].map(durationWords)).toEqual(['2 s', '1 min 30 s (90 s)', '1 min (60 s)']);
  });
});

describe('refusedMembers', () => {
  it('are those that the bridge names, without its own prefix', () => {
    const fields = [
      { path: `installation.capabilities.webhooks.${CONTENT}.headers.1.header_name`, message: 'No.' },
    ];

    expect(refusedMembers(buildFailure('invalid-request', { fields }))).toEqual([
      { path: ['capabilities', 'webhooks', CONTENT, 'headers', '1', 'header_name'], message: 'No.' },
    ]);
    expect(manifestPath('installation.client_name')).toEqual(['client_name']);
  });

  it('are the one that the cloud’s words begin with', () => {
    const answer = { service: 'x', status: 400, code: null, message: 'logo_uri: too long' };
    const upstream = { ...answer, environment: 'emulator' } as const;

    expect(refusedMembers(buildFailure('upstream-rejected', { upstream }))).toEqual([
      { path: ['logo_uri'], message: 'The emulator says: too long' },
    ]);
    const cloud = { ...answer, environment: 'liveperson' } as const;
    expect(refusedMembers(buildFailure('upstream-rejected', { upstream: cloud }))[0]?.message).toBe(
      'LivePerson says: too long',
    );
    expect(
      refusedMembers(buildFailure('upstream-rejected', { upstream: { ...upstream, message: 'No, sorry' } })),
    ).toEqual([]);
  });

  it('are the name when it is taken, and none when the failure is about none', () => {
    expect(refusedMembers(buildFailure('duplicate-name'))[0]?.path).toEqual(['client_name']);
    expect(refusedMembers(new BridgeFailure(BRIDGE_UNREACHABLE))).toEqual([]);
    expect(refusedMembers(new Error('x'))).toEqual([]);
  });
});
