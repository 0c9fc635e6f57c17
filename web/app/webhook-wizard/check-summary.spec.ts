import { WEBHOOK_EVENT_TYPES } from '#protocol/app-installation';
import type { EndpointCause, EndpointCheck, SetupFinding } from '#protocol/endpoint-check';
import type { CloudEnvironment } from '#protocol/problem';

import { buildEndpointCheck } from '../testing/build-endpoint-check';
import { buildInstallation } from '../testing/build-installation';
import { checkItems } from './check-items';
import { summaryOf } from './check-summary';

const LOST = { hasArrived: false, signature: null } as const;
/** What is seen of an event besides the cause, where it is not taken here. */
const SEEN: Partial<Record<EndpointCause, Partial<EndpointCheck>>> = {
  ...{ 'wrong-path': LOST, elsewhere: LOST },
  'signature-refused': { signature: 'header-missing' },
  'body-changed': { signature: 'body-differs' },
};

describe('the sentence above a check', () => {
  let environment: CloudEnvironment;
  beforeEach(() => (environment = 'liveperson'));

  const sentence = (findings: readonly SetupFinding[], ...causes: readonly EndpointCause[]) => {
    const endpoints = causes.map((cause, index) =>
      buildEndpointCheck({
        ...{ cause, ...SEEN[cause] },
        ...(WEBHOOK_EVENT_TYPES[index] && { type: WEBHOOK_EVENT_TYPES[index] }),
      }),
    );
    return summaryOf(checkItems({ checkedAt: 0, findings, endpoints }, buildInstallation(), environment));
  };

  it('says that everything is in place, and nothing more', () => {
    expect(sentence([], 'working')).toEqual({
      ...{ tone: 'ok', words: 'Everything is in place.', outlook: null, next: 'chat' },
    });
  });

  it('counts what is not, and names just that by what becomes of it', () => {
    const { words, outlook } = sentence(
      [],
      ...(['slow', 'signature-refused', 'body-changed', 'wrong-path', 'wrong-status'] as const),
    );

    expect(words).toBe('5 things are not in place.');
    expect(outlook).toBe(
      'You can open the chat, but it will not show what the agent writes. Refused here: Messages and Structured content. ' +
        'Not arriving here: Accept statuses. Arriving, but not acknowledged: Chat states. ' +
        'Slow: Conversation changes.',
    );
  });

  it('names what has no endpoint apart from what is counted', () => {
    const { words, outlook } = sentence([], 'wrong-path', 'working', 'no-endpoint');

    expect(words).toBe('1 thing is not in place.');
    expect(outlook).toBe(
      'You can open the chat all the same. Not arriving here: Conversation changes. ' +
        'Without an endpoint, and so not sent: Structured content.',
    );
  });

  it('names what is not in place besides the endpoints', () => {
    environment = 'emulator';
    const { words, outlook } = sentence([{ kind: 'messaging-off' }], 'wrong-path', 'working');

    expect(words).toBe('2 things are not in place.');
    expect(outlook).toContain('Off: Messaging. Not arriving here: Conversation changes.');
  });

  it('offers the chat first only where messages arrive', () => {
    expect(sentence([], 'wrong-path', 'working').next).toBe('chat');
    expect(sentence([], 'slow', 'wrong-path').next).toBe('again');
    expect(sentence([], 'working', 'no-endpoint', 'wrong-path').next).toBe('again');
  });

  it('says that everything arrives where it is only slow', () => {
    expect(sentence([], 'slow', 'working').outlook).toContain('every kind of notification arrives here');
  });

  for (const kind of ['app-disabled', 'messaging-off', 'secret-missing'] as const) {
    it(`promises no chat where none can be held: ${kind}`, () => {
      const { tone, outlook, next } = sentence([{ kind }], 'working', 'wrong-path');

      expect([tone, next]).toEqual(['danger', 'again']);
      expect(outlook).toMatch(/^No conversation can be opened before that is mended\./);
    });
  }

  it('stops nobody in the emulator, which opens conversations whether messaging is on or off', () => {
    environment = 'emulator';
    const { words, outlook, next } = sentence([{ kind: 'messaging-off' }], 'working');

    expect([words, next]).toEqual(['1 thing is not in place.', 'chat']);
    expect(outlook).toContain('every kind of notification arrives here');
  });

  it('says what it means that nothing gets through, arrived or not, and offers another check first', () => {
    const { tone, outlook, next } = sentence([], 'wrong-path', 'signature-refused');

    expect([tone, next]).toEqual(['danger', 'again']);
    expect(outlook).toContain('No notification gets through to the chat');
  });

  it('offers another check first where the newer secret was refused', () => {
    const refused = buildEndpointCheck({ cause: 'signature-refused', signature: 'body-differs' });
    const answer = { checkedAt: 0, findings: [{ kind: 'secret-renewed' }], endpoints: [refused] } as const;
    const { words, tone, outlook, next } = summaryOf(checkItems(answer, buildInstallation(), 'emulator'));

    expect([words, tone, next]).toEqual(['1 thing is not in place.', 'warn', 'again']);
    expect(outlook).toBe('This server knows the newer secret now: run the check again.');
  });

  it('lets an endpoint be left out', () => {
    const { tone, words, outlook } = sentence([], 'working', 'no-endpoint');

    expect([tone, words]).toEqual(['ok', 'Everything is in place.']);
    expect(outlook).toBe('Without an endpoint, and so not sent: Messages.');
  });

  it('calls nothing wrong that is only not known yet', () => {
    const pending = { kind: 'change-pending', changedAt: 0, inEffectAt: 120_000 } as const;

    expect(sentence([pending, { kind: 'messaging-unknown' }], 'working').words).toMatch(/^Nothing is wrong/);
    expect(sentence([pending], 'wrong-path').words).toBe('1 thing is not in place.');
  });
});
