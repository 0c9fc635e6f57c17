import type { ExchangeResponse } from '#protocol/bridge-events';

import { isFileNote } from './curl';
import type { HarContent, HarHead, HarPair, HarPostData, HarResponse } from './har-format';

type Headers = Readonly<Record<string, string>>;

/** A size that is not known. */
const UNKNOWN = -1;

/** What requests and answers have alike. No log has the version: the bridge speaks no other. Cookies are masked headers. */
export const headOf = (headers: Headers): HarHead => ({
  httpVersion: 'HTTP/1.1',
  cookies: [],
  headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
  headersSize: UNKNOWN,
});

export const queryOf = (url: string): readonly HarPair[] =>
  URL.canParse(url) ? [...new URL(url).searchParams].map(([name, value]) => ({ name, value })) : [];

export const contentTypeOf = (headers: Headers): string => headerOf(headers, 'content-type') ?? '';

/** The size of the body as it was sent, where its sender told it. */
export function sizeOf(headers: Headers): number {
  const told = headerOf(headers, 'content-length') ?? '';
  return /^\d+$/.test(told) ? Number(told) : UNKNOWN;
}

/** `null` where nothing was sent. */
export function postDataOf(body: unknown, mimeType: string): HarPostData | null {
  if (isNothing(body)) return null;
  if (isFileNote(body)) return { mimeType, text: '', comment: body };
  if (mimeType.includes('form-urlencoded') && typeof body === 'object') {
    const params = Object.entries({ ...body }).map(([name, value]) => ({ name, value: String(value) }));
    return { mimeType, params };
  }
  return { mimeType, text: textOf(body) };
}

export function answerOf({ status, headers, body }: ExchangeResponse): HarResponse {
  const redirectURL = headerOf(headers, 'location') ?? '';
  return {
    ...{ status, statusText: '', ...headOf(headers), redirectURL, bodySize: sizeOf(headers) },
    content: contentOf(body, headers),
  };
}

/** @param why For a person; `null` where there is nothing to say. */
export const noAnswer = (why: string | null): HarResponse => ({
  ...{ status: 0, statusText: '', ...headOf({}), redirectURL: '', bodySize: UNKNOWN },
  content: { size: UNKNOWN, mimeType: '' },
  ...(why !== null && { comment: why }),
});

function contentOf(body: unknown, headers: Headers): HarContent {
  // What was packed on its way is larger than what was sent.
  const size = headerOf(headers, 'content-encoding') === undefined ? sizeOf(headers) : UNKNOWN;
  const head = { size, mimeType: contentTypeOf(headers) };
  if (isNothing(body)) return head;
  return isFileNote(body) ? { ...head, comment: body } : { ...head, text: textOf(body) };
}

const headerOf = (headers: Headers, name: string): string | undefined =>
  Object.entries(headers).find(([each]) => each.toLowerCase() === name)?.[1];

const isNothing = (body: unknown): boolean => body === undefined || body === null || body === '';

const textOf = (body: unknown): string => (typeof body === 'string' ? body : JSON.stringify(body));
