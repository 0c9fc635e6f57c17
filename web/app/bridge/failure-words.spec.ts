import { PROBLEM_CODES, type CloudEnvironment, type ProblemCode } from '#protocol/problem';

import { buildFailure } from '../testing/build-failure';
import { BRIDGE_UNREACHABLE, BridgeFailure } from './bridge-failure';
import { wordsOf } from './failure-words';
import { UPSTREAM_CATALOGUE } from './upstream-catalogue';

describe('wordsOf', () => {
  for (const code of PROBLEM_CODES) {
    it(`says what happened and what to do next for ${code}`, () => {
      const { title, next } = wordsOf(buildFailure(code));

      expect(title).toMatch(/^[A-Z].{8,}[^.!]$/);
      expect(next).toMatch(/^[A-Z].{8,}\.$/);
    });
  }

  it('has words of its own for every code', () => {
    const titles = PROBLEM_CODES.map((code) => wordsOf(buildFailure(code)).title);

    expect(new Set(titles).size).toBe(PROBLEM_CODES.length);
  });

  it('shows the exact answer of the service behind the bridge', () => {
    const upstream = { service: 'asyncMessagingEnt', status: 400, code: '40102', message: 'Bad dialog' };

    expect(wordsOf(buildFailure('upstream-rejected', { upstream })).upstream).toBe(
      'asyncMessagingEnt (messaging) answered 400, code 40102: “Bad dialog”',
    );
  });

  for (const [environment, name] of [
    ['liveperson', 'LivePerson'],
    ['emulator', 'The emulator'],
    [undefined, 'The cloud'],
  ] as const) {
    it(`says that it was ${name} that refused`, () => {
      const answer = { service: 'idp', status: 400, code: null, message: null, exchangeId: 'e1' };
      const upstream = environment === undefined ? answer : { ...answer, environment };

      const words = wordsOf(buildFailure('upstream-rejected', { upstream }));

      expect(words.title).toBe(`${name} refused the call`);
      expect(words.exchangeId).toBe('e1');
    });
  }

  it('sends nobody to LivePerson’s status page who works with the emulator', () => {
    for (const [code, entry] of Object.entries(UPSTREAM_CATALOGUE)) {
      if (!('by' in entry)) continue;
      const { title, next } = entry.by.emulator;
      expect(`${title} ${next}`).withContext(code).not.toContain('LivePerson');
    }
  });

  it('says the words of that answer once', () => {
    const upstream = { service: 'sentinel', status: 400, code: null, message: 'Bad dialog' };
    const detail = 'The service sentinel answered 400: Bad dialog.';

    expect(wordsOf(buildFailure('upstream-rejected', { upstream, detail })).detail).toBeNull();
    expect(wordsOf(buildFailure('upstream-rejected', { upstream, detail: 'Not so' })).detail).toBe('Not so');
  });

  it('says no code that only repeats the status', () => {
    const upstream = { service: 'swift', status: 503, code: '503', message: 'A fault' };

    expect(wordsOf(buildFailure('upstream-failed', { upstream })).upstream).toBe(
      'swift (file storage) answered 503: “A fault”',
    );
  });

  it('says what was tried, where that is known', () => {
    const answer = { service: 'swift', summary: 'file upload', code: null, message: null };
    const titleOf = (code: ProblemCode, status: number, environment?: CloudEnvironment) =>
      wordsOf(buildFailure(code, { upstream: { ...answer, status, ...(environment && { environment }) } }))
        .title;

    expect(titleOf('upstream-rejected', 400)).toBe('The cloud refused “file upload”');
    expect(titleOf('upstream-rejected', 400, 'liveperson')).toBe('LivePerson refused “file upload”');
    expect(titleOf('upstream-failed', 503, 'emulator')).toBe('The emulator failed at “file upload”');
  });

  it('says once who was asked in vain', () => {
    const upstream = { service: 'csds', status: null, code: null, message: 'connection refused' };
    const detail = 'The directory at api.liveperson.net cannot be reached: connection refused.';

    const words = wordsOf(buildFailure('directory-unreachable', { upstream, detail }));

    expect([words.detail, words.upstream]).toEqual([detail, null]);
  });

  it('says what was asked in vain by the call itself, where that is known, and not once more in words', () => {
    const request = 'GET http://127.0.0.1:8080/api/account/1/list';
    const upstream = { service: 'csds', request, status: null, code: null, message: 'connection refused' };
    const detail = '127.0.0.1:8080 cannot be reached: connection refused.';

    const words = wordsOf(buildFailure('upstream-unreachable', { upstream, detail }));

    expect([words.request, words.detail]).toEqual([request, null]);
    expect(words.upstream).toContain('gave no answer: connection refused');
  });

  it('names the service that the account lacks, which nobody could ask', () => {
    const upstream = { service: 'asyncMessagingEnt', status: null, code: null, message: null };

    const words = wordsOf(buildFailure('service-missing', { upstream }));

    expect(words.title).toBe('The account lacks a service: asyncMessagingEnt (messaging)');
    expect([words.detail, words.upstream]).toEqual(['Detail of service-missing', null]);
  });

  it('shows a service that it does not know by its name alone', () => {
    const upstream = { service: 'smt', status: 500, code: null, message: null };

    expect(wordsOf(buildFailure('upstream-failed', { upstream })).upstream).toBe('smt answered 500');
  });

  it('says so when the service gave no answer', () => {
    const upstream = { service: 'sentinel', status: null, code: null, message: null };

    expect(wordsOf(buildFailure('upstream-timeout', { upstream })).upstream).toBe(
      'sentinel (app tokens) gave no answer',
    );
  });

  it('names the fields that were wrong', () => {
    const fields = [{ path: 'webhooks.x.endpoint', message: 'must be https' }];

    expect(wordsOf(buildFailure('invalid-request', { fields })).detail).toBe(
      'webhooks.x.endpoint: must be https',
    );
  });

  it('names the id under which the server logged its own defect', () => {
    expect(wordsOf(buildFailure('internal')).detail).toBe('Detail of internal (id request-1)');
  });

  it('speaks of the bridge when it gave no answer', () => {
    expect(wordsOf(new BridgeFailure(BRIDGE_UNREACHABLE)).title).toBe('The bridge gave no answer');
  });

  it('keeps the bridge’s own words for a code of a newer version', () => {
    const failure = buildFailure('from-the-future' as ProblemCode);

    expect(wordsOf(failure)).toEqual(
      jasmine.objectContaining({ title: 'Title of from-the-future', detail: 'Detail of from-the-future' }),
    );
  });

  it('calls everything else a defect of the page', () => {
    expect(wordsOf(new TypeError('x is undefined')).title).toBe('Something went wrong on this page');
  });
});
