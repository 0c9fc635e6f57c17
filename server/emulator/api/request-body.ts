import { isUtf8 } from 'node:buffer';

import express from 'express';
import type { Request, RequestHandler } from 'express';

import type { Refusal } from './upstream-error.ts';

/** Largest body that is read at all; a hosted file's preview and rich content stay far below. */
export const LARGEST_BODY_BYTES = 1024 * 1024;
/** Deeper nesting is no message of anybody; it would only exhaust whoever walks it. */
const DEEPEST_JSON = 64;

const WITHOUT_BODY = new Set(['GET', 'HEAD', 'DELETE']);

/**
 * Reads the bytes of calls that have a body. Bodies of GET and DELETE are left unread:
 * known clients send junk there, which the real cloud ignores. @see PROTOCOL.md §4.1
 */
export const readBody: RequestHandler = express.raw({
  type: ({ method = 'GET' }) => !WITHOUT_BODY.has(method),
  limit: LARGEST_BODY_BYTES,
});

/** The body as it came; empty when it is no UTF-8. */
export function bodyText(request: Request): string {
  const bytes: unknown = request.body;
  return Buffer.isBuffer(bytes) && isUtf8(bytes) ? bytes.toString('utf8') : '';
}

/** How a service refuses a body: its own form of error. */
export type RefuseBody = (status: 400 | 415, message: string) => Refusal;

/** The body as JSON, whatever it says; refused when it is none. */
export function jsonBody(request: Request, refuse: RefuseBody): unknown {
  if (request.is('application/json') === false)
    throw refuse(415, 'The content type must be application/json');
  const value = parsedJson(bodyText(request));
  if (value === undefined) throw refuse(400, 'The body is no valid JSON');
  return value;
}

/** The value of a JSON text; `undefined` when it is none, or nested beyond reason. */
export function parsedJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return isNestedWithin(value, DEEPEST_JSON) ? value : undefined;
  } catch {
    // Not JSON: the caller says so in the words of its service.
    return undefined;
  }
}

function isNestedWithin(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((member) => isNestedWithin(member, levels - 1));
}
