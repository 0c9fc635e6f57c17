import type { CallUnderWay, ExchangeRecorded, LogEntryHead } from '#protocol/bridge-events';

import { readCallName } from './call-name';
import { eventSummary } from './change-words';
import { lowerCase, whose, type ItemHead } from './item-head';
import { publishedEvent } from './published-event';

/** What is known of a call from the moment at which it leaves. */
interface CallHead extends ItemHead {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  /** What tells the call from others: the event that it publishes, or its whole name. */
  readonly name: string;
  /** The type of request around the event; empty for other calls. */
  readonly envelope: string;
  /** What the published event says, in one line; empty for other calls. */
  readonly carried: string;
}

/** A call to the cloud with what became of it. */
export interface RequestItem extends CallHead {
  readonly kind: 'request';
  /** `null` when no answer came. */
  readonly status: number | null;
  readonly isFailed: boolean;
  readonly entry: LogEntryHead & ExchangeRecorded;
}

/** A call that is not answered yet. The log has nothing of it, so it has a number of its own. */
export interface WaitingCall extends CallHead {
  readonly kind: 'waiting';
  readonly entry: CallUnderWay;
}

/** A call in the list of requests, answered or not. */
export type CallItem = RequestItem | WaitingCall;

export function requestItem(entry: LogEntryHead & ExchangeRecorded): RequestItem {
  const status = entry.response?.status ?? null;
  const { fields, ...head } = callHead(entry);
  return {
    ...{ kind: 'request', id: entry.sequence, ...head, entry },
    ...{ status, isFailed: status === null || status >= 400 },
    fields: { ...fields, status: `${status ?? 'none'}`, took: `${Math.round(entry.durationMs)}` },
  };
}

export function waitingCall(entry: CallUnderWay): WaitingCall {
  const { fields, ...head } = callHead(entry);
  const id = waitingId(entry.exchangeId);
  return { kind: 'waiting', id, ...head, entry, fields: { ...fields, status: 'waiting' } };
}

/** Waiting calls have numbers below all others. */
const BELOW_ALL = -(2 ** 40);

/** The number of a call while it has no answer: the same after a reload and in any tab, so that a URL can name it. */
export function waitingId(exchangeId: string): number {
  let hash = 0x811c9dc5;
  for (const character of exchangeId) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return BELOW_ALL - (hash >>> 0);
}

function callHead(entry: CallUnderWay): Omit<CallHead, 'id'> {
  const { service, summary, attempt, conversationId, startedAt: at } = entry;
  const { method, url, body } = entry.request;
  const { host, path } = splitUrl(url);
  const { type, carried } = carriedIn(body);
  return {
    ...{ at, conversationId, method, host, path, ...readCallName(summary), carried },
    fields: lowerCase({
      ...{ method, host, path, service, type, summary: `${summary} ${carried}` },
      ...whose(conversationId),
      attempt: `${attempt}`,
    }),
  };
}

function carriedIn(body: unknown): { readonly type: string; readonly carried: string } {
  const event = publishedEvent(body)?.event;
  const type = event?.['type'];
  if (event === undefined || typeof type !== 'string') return { type: '', carried: '' };
  return { type, carried: eventSummary({ ...event, type }) };
}

function splitUrl(url: string): { readonly host: string; readonly path: string } {
  if (!URL.canParse(url)) return { host: '', path: url };
  const { host, pathname, search } = new URL(url);
  return { host, path: pathname + search };
}
