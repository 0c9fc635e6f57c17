import type { Request } from 'express';

import { BridgeError } from '../errors/bridge-error.ts';

/** A part of the path, decoded. */
export function pathParameter(request: Request, name: string): string {
  const value = request.params[name];
  if (typeof value === 'string' && value.length <= 256) return value;
  throw new BridgeError('invalid-request', `The path's ${name} is not valid.`);
}

/** A query parameter; `null` when it is absent. */
export function queryParameter(request: Request, name: string): string | null {
  const value = request.query[name];
  if (value === undefined) return null;
  if (typeof value === 'string' && value.length <= 1024) return value;
  throw new BridgeError('invalid-request', `The query parameter ${name} is not valid.`);
}
