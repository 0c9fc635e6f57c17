import { SIGNATURE_VERDICTS } from '#protocol/bridge-events';
import type { SetupFinding } from '#protocol/endpoint-check';

import { buildEndpointCheck } from '../testing/build-endpoint-check';
import { buildInstallation } from '../testing/build-installation';
import { checkItems } from './check-items';

const BAD_VERDICTS = SIGNATURE_VERDICTS.filter((verdict) => verdict !== 'valid');
type BadVerdict = (typeof BAD_VERDICTS)[number];

describe('the words of an event that arrived unchanged and was refused', () => {
  /** Everything that the line of its endpoint says. */
  function lineOf(
    signature: BadVerdict,
    {
      missingHeaders = [],
      findings = [],
    }: { readonly missingHeaders?: readonly string[]; readonly findings?: readonly SetupFinding[] } = {},
  ): string {
    const check = buildEndpointCheck({ cause: 'signature-refused', signature, missingHeaders });
    const answer = { checkedAt: 0, findings, endpoints: [check] };
    const line = checkItems(answer, buildInstallation(), 'liveperson').find(({ id }) => id === check.type);
    return [line?.verdict, line?.cause, line?.remedy, ...(line?.evidence ?? [])].join(' | ');
  }

  for (const verdict of BAD_VERDICTS) {
    it(`of ${verdict} blame no secret that was not renewed`, () => {
      expect(lineOf(verdict)).toContain('The event arrived unchanged, but');
      expect(lineOf(verdict)).toContain('Let the tunnel or proxy pass');
      expect(lineOf(verdict)).not.toMatch(/renewed|newer|other secret/);
    });
  }

  it('blame a renewed secret for what it explains, and for nothing else', () => {
    const findings = [{ kind: 'secret-renewed' }] as const;
    const blaming = BAD_VERDICTS.filter((verdict) => /newer secret/i.test(lineOf(verdict, { findings })));

    expect(blaming).toEqual(['body-differs']);
  });

  it('differ for each verdict that is mended elsewhere', () => {
    const known = new Set(BAD_VERDICTS.map((verdict) => lineOf(verdict)));

    expect(known.size).toBe(BAD_VERDICTS.length);
  });

  it('name the headers that are missing', () => {
    const one = lineOf('header-missing', { missingHeaders: ['x-liveperson-client-id'] });
    const two = ['x-liveperson-account-id', 'x-liveperson-signature'];

    expect(one).toContain('without the header `X-Liveperson-Client-Id`, which vouches for it');
    expect(one).toContain('Missing: X-Liveperson-Client-Id');
    expect(lineOf('header-missing', { missingHeaders: two })).toContain(
      'without the headers `X-Liveperson-Account-Id` and `X-Liveperson-Signature`, which vouch for it',
    );
  });
});
