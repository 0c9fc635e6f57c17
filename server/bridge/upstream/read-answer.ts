import * as v from 'valibot';

import { BridgeError } from '../errors/bridge-error.ts';
import type { UpstreamAnswer, UpstreamCall } from './upstream-call.ts';
import { readRefusal } from './upstream-refusal.ts';

/** The answer's body as the schema reads it. @throws BridgeError `upstream-failed` when it has another form */
export function readAnswer<Output>(
  call: UpstreamCall,
  answer: UpstreamAnswer,
  schema: v.GenericSchema<unknown, Output>,
): Output {
  const result = v.safeParse(schema, answer.body);
  if (result.success) return result.output;
  const path = v.getDotPath(result.issues[0]);
  throw new BridgeError(
    'upstream-failed',
    `The service ${call.service} answered (${call.summary}) in a form that cannot be read${path ? `: ${path}` : ''}.`,
    { upstream: { ...readRefusal(call, answer), code: null, message: null } },
  );
}
