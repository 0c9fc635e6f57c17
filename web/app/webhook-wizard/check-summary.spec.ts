import type { EndpointCause, SetupFinding } from '#protocol/endpoint-check';

import { buildEndpointCheck } from '../testing/build-endpoint-check';
import { buildInstallation } from '../testing/build-installation';
import { checkItems } from './check-items';
import { summaryOf } from './check-summary';

describe('the sentence above a check', () => {
  const sentence = (findings: readonly SetupFinding[], ...causes: readonly EndpointCause[]) => {
    const endpoints = causes.map((cause) => buildEndpointCheck({ cause }));
    return summaryOf(checkItems({ checkedAt: 0, findings, endpoints }, buildInstallation()));
  };

  it('says that everything is in place, and nothing more', () => {
    expect(sentence([], 'working')).toEqual({
      ...{ tone: 'ok', words: 'Everything is in place.', outlook: null, next: 'chat' },
    });
  });

  it('counts what is not, and says what the chat shows all the same', () => {
    const { words, outlook } = sentence([], 'wrong-path', 'working', 'slow', 'no-endpoint');

    expect(words).toBe('2 things are not in place.');
    expect(outlook).toContain('it shows what arrives here');
  });

  for (const kind of ['app-disabled', 'messaging-off', 'secret-missing'] as const) {
    it(`promises no chat where none can be held: ${kind}`, () => {
      const { tone, outlook, next } = sentence([{ kind }], 'working', 'wrong-path');

      expect([tone, next]).toEqual(['danger', 'again']);
      expect(outlook).toMatch(/^No conversation can be opened before that is mended\./);
    });
  }

  it('says what it means that nothing arrives, and offers another check first', () => {
    const { tone, outlook, next } = sentence([], 'wrong-path', 'elsewhere');

    expect([tone, next]).toEqual(['danger', 'again']);
    expect(outlook).toContain('No notification arrives here');
  });

  it('offers another check first when the secret was renewed', () => {
    const { words, tone, next } = sentence([{ kind: 'secret-renewed' }], 'working');

    expect([words, tone, next]).toEqual(['One thing is not in place.', 'warn', 'again']);
  });

  it('lets an endpoint be left out', () => {
    const { tone, words, outlook } = sentence([], 'working', 'no-endpoint');

    expect([tone, words]).toEqual(['ok', 'Everything is in place.']);
    expect(outlook).toContain('without an endpoint');
  });

  it('calls nothing wrong that is only not known yet', () => {
    const pending = { kind: 'change-pending', changedAt: 0, inEffectAt: 120_000 } as const;

    expect(sentence([pending, { kind: 'messaging-unknown' }], 'working').words).toMatch(/^Nothing is wrong/);
    expect(sentence([pending], 'wrong-path').words).toBe('One thing is not in place.');
  });
});
