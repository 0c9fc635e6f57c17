import { WEBHOOK_EVENT_TYPES } from '#protocol/app-installation';
import type { EndpointCause } from '#protocol/endpoint-check';

import { buildEndpointCheck } from '../testing/build-endpoint-check';
import { buildInstallation } from '../testing/build-installation';
import { adviceOnce } from './advice-once';
import { checkItems } from './check-items';

describe('advice that several lines have in common', () => {
  const linesOf = (...causes: readonly EndpointCause[]) => {
    const endpoints = causes.map((cause, index) =>
      buildEndpointCheck({ cause, ...(WEBHOOK_EVENT_TYPES[index] && { type: WEBHOOK_EVENT_TYPES[index] }) }),
    );
    return adviceOnce(
      checkItems({ checkedAt: 0, findings: [], endpoints }, buildInstallation(), 'liveperson'),
    );
  };

  it('is said once, above them, with the way on, and each keeps its verdict', () => {
    const [, , shared, ...own] = linesOf(...WEBHOOK_EVENT_TYPES.map(() => 'not-public' as const));

    expect([shared?.title, shared?.verdict, shared?.isShared]).toEqual(['5 endpoints', 'Not public', true]);
    expect(shared?.remedy).toContain('Start a tunnel');
    expect([shared?.way, shared?.first]).toEqual(['endpoint', WEBHOOK_EVENT_TYPES[0]]);
    expect(own.map(({ verdict, cause, remedy, way }) => [verdict, cause, remedy, way])).toEqual(
      WEBHOOK_EVENT_TYPES.map(() => ['Not public', null, null, null]),
    );
  });

  it('stands above the first endpoint, however they are mixed', () => {
    const lines = linesOf('working', 'wrong-path', 'unreachable', 'wrong-path', 'unreachable');

    expect(lines.map(({ verdict }) => verdict).slice(2)).toEqual([
      ...['Arrives', 'Wrong path', 'Nobody answers'],
      ...['Wrong path', 'Nobody answers', 'Wrong path', 'Nobody answers'],
    ]);
  });

  it('stays where only one line has it, and names no endpoints where all is well', () => {
    expect(linesOf('wrong-path', 'unreachable').some(({ isShared }) => isShared === true)).toBeFalse();
    expect(linesOf('working', 'working').some(({ isShared }) => isShared === true)).toBeFalse();
  });
});
