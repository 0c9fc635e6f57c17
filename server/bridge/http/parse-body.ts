import type { Request } from 'express';
import * as v from 'valibot';

import { BridgeError } from '../errors/bridge-error.ts';

/** The body as the schema reads it. @throws BridgeError `invalid-request` that names each wrong field */
export function parseBody<Output>(request: Request, schema: v.GenericSchema<unknown, Output>): Output {
  const body: unknown = request.body;
  if (body === undefined) throw missingBody(request);
  const result = v.safeParse(schema, body);
  if (result.success) return result.output;
  const fields = result.issues.slice(0, 20).map((issue) => ({
    path: v.getDotPath(issue) ?? '',
    message: wordsOf(issue),
  }));
  const where = fields.map(({ path }) => path).filter((path) => path !== '');
  throw new BridgeError(
    'invalid-request',
    where.length > 0
      ? `Wrong or missing: ${[...new Set(where)].join(', ')}.`
      : 'The body has the wrong form.',
    { fields },
  );
}

/** Valibot's own words for these are about keys and types; its other messages are ours or plain. */
function wordsOf(issue: v.BaseIssue<unknown>): string {
  if (issue.kind !== 'schema') return issue.message;
  if (issue.expected === 'never') return 'This field is not known.';
  return issue.input === undefined
    ? 'This field is missing.'
    : `This must be ${issue.expected ?? 'something else'}.`;
}

function missingBody(request: Request): BridgeError {
  const hasBody = request.get('transfer-encoding') !== undefined || Number(request.get('content-length')) > 0;
  return hasBody
    ? new BridgeError('unsupported-media-type', 'Send the body as application/json.')
    : new BridgeError('invalid-request', 'The request needs a JSON body.');
}
