import { WEBHOOK_EVENT_TYPES } from '#protocol/app-installation';
import type { EndpointCause, EndpointCheckAnswer, SetupFinding } from '#protocol/endpoint-check';

import { buildEndpointCheck } from '../testing/build-endpoint-check';
import { buildInstallation } from '../testing/build-installation';
import { checkItems } from './check-items';
import { summaryOf } from './check-summary';

describe('the sentence above a check', () => {
  const sentence = (findings: readonly SetupFinding[], ...causes: readonly EndpointCause[]) => {
    const endpoints = causes.map((cause, index) =>
      buildEndpointCheck({ cause, ...(WEBHOOK_EVENT_TYPES[index] && { type: WEBHOOK_EVENT_TYPES[index] }) }),
    );
    return summaryOf(checkItems({ checkedAt: 0, findings, endpoints }, buildInstallation(), 'liveperson'));
  };

  it('says that everything is in place, and nothing more', () => {
    expect(sentence([], 'working')).toEqual({
      ...{ tone: 'ok', words: 'Everything is in place.', outlook: null, next: 'chat' },
    });
  });

  it('counts what is not, and names what the chat will not show', () => {
    const { words, outlook } = sentence([], 'wrong-path', 'working', 'slow', 'no-endpoint');

    expect(words).toBe('2 things are not in place.');
    expect(outlook).toBe(
      'You can open the chat, but these do not arrive here: Conversation changes and Accept statuses.',
    );
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
    const answer: EndpointCheckAnswer = {
      checkedAt: 0,
      findings: [{ kind: 'messaging-off' }],
      endpoints: WEBHOOK_EVENT_TYPES.map((type) => buildEndpointCheck({ type })),
    };
    const { words, outlook, next } = summaryOf(checkItems(answer, buildInstallation(), 'emulator'));

    expect([words, next]).toEqual(['One thing is not in place.', 'chat']);
    expect(outlook).toContain('every kind of notification arrives here');
  });

  it('says what it means that nothing arrives, and offers another check first', () => {
    const { tone, outlook, next } = sentence([], 'wrong-path', 'elsewhere');

    expect([tone, next]).toEqual(['danger', 'again']);
    expect(outlook).toContain('No notification arrives here');
  });

  it('offers another check first where the newer secret was refused', () => {
    const refused = buildEndpointCheck({ cause: 'signature-refused', signature: 'body-differs' });
    const answer = { checkedAt: 0, findings: [{ kind: 'secret-renewed' }], endpoints: [refused] } as const;
    const { words, tone, outlook, next } = summaryOf(checkItems(answer, buildInstallation(), 'emulator'));

    expect([words, tone, next]).toEqual(['One thing is not in place.', 'warn', 'again']);
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
    expect(sentence([pending], 'wrong-path').words).toBe('One thing is not in place.');
  });
});
