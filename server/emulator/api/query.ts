import type { Request } from 'express';

/** A query parameter given once; `null` when it is absent, empty or given several times. */
export function queryText(request: Request, name: string): string | null {
  const value = request.query[name];
  return typeof value === 'string' && value !== '' ? value : null;
}
