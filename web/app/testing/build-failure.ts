import type { Problem, ProblemCode } from '#protocol/problem';

import { BridgeFailure } from '../bridge/bridge-failure';

/** A refusal of the bridge with this code. */
export function buildFailure(code: ProblemCode, more: Partial<Problem> = {}): BridgeFailure {
  return new BridgeFailure({
    code,
    status: 400,
    title: `Title of ${code}`,
    detail: `Detail of ${code}`,
    requestId: 'request-1',
    ...more,
  });
}
