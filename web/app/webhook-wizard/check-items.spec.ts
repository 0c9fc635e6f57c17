import { WEBHOOK_EVENT_TYPES } from '#protocol/app-installation';
import { ENDPOINT_CAUSES, type SetupFinding } from '#protocol/endpoint-check';
import type { CloudEnvironment } from '#protocol/problem';

import { buildEndpointCheck } from '../testing/build-endpoint-check';
import { buildInstallation } from '../testing/build-installation';
import { CAUSE_WORDS, wordsFor } from './cause-words';
import { evidenceOf } from './check-evidence';
import { checkItems, isFine, wrongSteps } from './check-items';

describe('the words of a check', () => {
  const app = buildInstallation();
  const itemsOf = (findings: readonly SetupFinding[], environment: CloudEnvironment = 'emulator') =>
    checkItems({ checkedAt: 0, findings, endpoints: [buildEndpointCheck()] }, app, environment);

  it('say for everything that is wrong what it means and what to do', () => {
    for (const cause of ENDPOINT_CAUSES.filter((each) => each !== 'working')) {
      const words = CAUSE_WORDS[cause];
      expect(words.tone).withContext(cause).not.toBe('ok');
      expect(words.cause).withContext(cause).not.toBeNull();
      expect(words.remedy).withContext(cause).not.toBeNull();
    }
  });

  it('are fine when everything is', () => {
    expect(itemsOf([]).every(isFine)).toBeTrue();
  });

  for (const finding of [
    { kind: 'app-disabled' },
    { kind: 'messaging-off' },
    { kind: 'messaging-unknown' },
    { kind: 'secret-missing' },
    { kind: 'change-pending', changedAt: 0, inEffectAt: 120_000 },
  ] as const satisfies readonly SetupFinding[]) {
    it(`name ${finding.kind} in one line with its remedy`, () => {
      const open = itemsOf([finding]).filter((item) => !isFine(item));

      expect(open.length).toBe(1);
      expect(open[0]?.remedy).not.toBeNull();
    });
  }

  it('send nobody to LivePerson who uses the emulator, and whoever has an account there to its people', () => {
    const said = (environment: CloudEnvironment) => {
      const line = itemsOf([{ kind: 'messaging-off' }], environment).find(({ id }) => id === 'messaging');
      return `${line?.cause} ${line?.remedy}`;
    };

    expect(said('emulator')).toContain('switched off in the emulator');
    expect(said('emulator')).toContain('The first step has the command');
    expect(said('emulator')).not.toContain('Ask');
    expect(said('liveperson')).toContain('Ask LivePerson’s support or your account team');
  });

  it('advise of a change what the check can show: its line is gone by the time that it names', () => {
    const pending = { kind: 'change-pending', changedAt: 0, inEffectAt: 120_000 } as const;
    const { detail, remedy } = itemsOf([pending]).find(({ id }) => id === 'change') ?? {};
    const [time = 'none'] = /\d\d:\d\d:\d\d$/.exec(detail ?? '') ?? [];

    expect(remedy).toContain(`Run the check again after ${time}: this line is gone then`);
    // Whether they are called is another matter: they may not be public.
    expect(remedy).toContain('LivePerson uses the new endpoints');
    expect(itemsOf([]).some(({ id }) => id === 'change')).toBeFalse();
  });

  it('name who it was that answered with a wrong status, and lead to the endpoint', () => {
    const said = (status: number) => wordsFor(buildEndpointCheck({ cause: 'wrong-status', status }));

    expect(said(502).cause).toContain('does not get through');
    expect(said(403).cause).toContain('sign in');
    expect(said(500).cause).toContain('only 200 and 201 do');
    expect([502, 403, 500].map((status) => said(status).way)).toEqual(['endpoint', 'endpoint', 'endpoint']);
  });

  it('list what was seen on the way', () => {
    const seen = buildEndpointCheck({
      addresses: ['203.0.113.9'],
      tls: {
        ...{ protocol: 'TLSv1.3', names: ['hooks.example.com'], issuer: 'R3', error: 'CERT_HAS_EXPIRED' },
        validTo: Date.UTC(2026, 0, 15),
      },
      ...{ status: null, hasArrived: false, signature: null, durationMs: 1234 },
    });

    expect(evidenceOf(seen)).toEqual([
      '1.2 s',
      'Address: 203.0.113.9',
      'TLSv1.3, certificate not trusted (CERT_HAS_EXPIRED): for hooks.example.com, by R3, until Jan\u00a015,\u00a02026',
      'Did not arrive here',
    ]);
    expect(evidenceOf(buildEndpointCheck())).toEqual([
      '12 ms',
      'Address: 127.0.0.1',
      'Answer: 200',
      'Arrived here',
      'Signature: verified',
    ]);
    expect(evidenceOf(buildEndpointCheck({ type: WEBHOOK_EVENT_TYPES[0], url: null }))).toEqual([]);
  });

  it('say that nothing was called where only the name was looked up, or not even that', () => {
    const refused = {
      cause: 'not-public',
      status: null,
      hasArrived: false,
      signature: null,
      durationMs: 3,
    } as const;

    expect(evidenceOf(buildEndpointCheck(refused))).toEqual(['Not called', 'Address: 127.0.0.1']);
    expect(evidenceOf(buildEndpointCheck({ ...refused, addresses: [], durationMs: null }))).toEqual([
      'Not called',
    ]);
  });

  it('tell a renewed secret once, and lead to no step in which nothing can be mended', () => {
    const endpoints = WEBHOOK_EVENT_TYPES.map((type) =>
      buildEndpointCheck({ type, cause: 'signature-refused', signature: 'body-differs' }),
    );
    const findings = [{ kind: 'secret-renewed' }] as const;
    const items = checkItems({ checkedAt: 0, findings, endpoints }, app, 'emulator');

    expect(
      items.filter(({ evidence }) => evidence.includes('Signature: made with the newer secret')).length,
    ).toBe(5);
    expect(items.filter(({ tone }) => tone === 'warn' || tone === 'danger').length).toBe(1);
    expect([...wrongSteps(items)]).toEqual(['check']);
  });

  it('call nothing wrong where a renewed secret was learned in time', () => {
    const items = itemsOf([{ kind: 'secret-renewed' }]);

    expect(items.find(({ id }) => id === 'secret-renewed')?.verdict).toBe('Renewed');
    expect(items.every(isFine)).toBeTrue();
  });

  it('let an endpoint be left out, but not all five', () => {
    const none = WEBHOOK_EVENT_TYPES.map((type) => buildEndpointCheck({ type, url: null }));
    const steps = (endpoints: typeof none) =>
      [...wrongSteps(checkItems({ checkedAt: 0, findings: [], endpoints }, app, 'emulator'))].join();

    expect(steps([buildEndpointCheck({ type: WEBHOOK_EVENT_TYPES[0] }), ...none.slice(1)])).toBe('');
    expect(steps(none)).toBe('endpoints');
  });
});
