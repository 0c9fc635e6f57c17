import * as v from 'valibot';

import { jsonObject } from '../json-object.ts';

/** One request of the Connector API; what its body must hold depends on its type. @see PROTOCOL.md §6.1 */
export const connectorRequestSchema = v.object({
  kind: v.literal('req'),
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  type: v.string(),
  body: jsonObject({}),
  metadata: v.nullish(v.array(jsonObject({}))),
});

export type ConnectorRequest = v.InferOutput<typeof connectorRequestSchema>;

/** What the cloud answers to one request, "family A". @see PROTOCOL.md §6.6 */
export interface RequestResult {
  readonly reqId?: string;
  readonly code: 'OK' | 'BAD_REQUEST';
  readonly body: Readonly<Record<string, unknown>>;
}

export const okResult = (reqId: string, body: RequestResult['body']): RequestResult => ({
  reqId,
  code: 'OK',
  body,
});

export const badResult = (reqId: string | undefined, msg = 'Bad Request'): RequestResult => ({
  ...(reqId !== undefined && { reqId }),
  code: 'BAD_REQUEST',
  body: { msg },
});

/** The id of what may be a request, for an answer that must name it. */
export function requestIdOf(value: unknown): string | undefined {
  const request = v.safeParse(v.object({ id: v.pipe(v.string(), v.minLength(1), v.maxLength(64)) }), value);
  return request.success ? request.output.id : undefined;
}
