import { TLSSocket } from 'node:tls';

import type { Request, RequestHandler, Response } from 'express';

import { pause } from '../clock.ts';
import type { Clock } from '../clock.ts';
import { callOccasion } from './call-occasion.ts';
import type { FaultBook } from './fault-book.ts';
import type { CallRule } from './fault-rule.ts';
import { FILES_ROOT } from '../state/file-urls.ts';
import { holdAnswer } from './held-answer.ts';
import type { HeldAnswer } from './held-answer.ts';
import { corrupted } from './tampering.ts';

export interface CallFaultDeps {
  readonly faults: FaultBook;
  readonly clock: Clock;
}

/** Calls of the object store are met before their bodies are read. */
const FILES = `${FILES_ROOT}/`;

/** Lets the faults happen that were asked for: to calls of the object store, and to all others once their body is read. */
export function callFaults({ faults, clock }: CallFaultDeps): Record<'ofFiles' | 'ofCalls', RequestHandler> {
  const meet: RequestHandler = (request, response, next) => {
    const rule = faults.isEmpty ? null : faults.meetCall(callOccasion(request));
    if (!rule || prepare(rule, { request, response, clock })) next();
  };
  const isOfFiles = ({ path }: Request): boolean => path.startsWith(FILES);
  return {
    ofFiles: (request, response, next) => (isOfFiles(request) ? meet(request, response, next) : next()),
    ofCalls: (request, response, next) => (isOfFiles(request) ? next() : meet(request, response, next)),
  };
}

interface Call {
  readonly request: Request;
  readonly response: Response;
  readonly clock: Clock;
}

/** Whether the call is to be carried out. */
function prepare(rule: CallRule, call: Call): boolean {
  const { request, response } = call;
  switch (rule.kind) {
    case 'delay':
      // The call does its work at once: its webhooks overtake the answer, as they may in the cloud (§8.7).
      holdAnswer(response, (answer) => void delayed(call, rule.ms, () => answer.end(answer.body)));
      return true;
    case 'slow-body':
      holdAnswer(response, (answer) => void trickle(call, answer, rule.ms));
      return true;
    case 'corrupt-body':
      holdAnswer(response, (answer) => answer.end(corrupted(answer.body)));
      return true;
    case 'expired-token':
      request.headers.authorization =
        request.get('authorization')?.replace(/\S+$/, 'expired-by-a-fault') ?? '';
      return true;
    default:
      return replaceAnswer(rule, call);
  }
}

/** Puts something else in the place of the answer: after the work when it is carried out, or instead of it. */
function replaceAnswer(rule: Extract<CallRule, { isCarriedOut: boolean }>, call: Call): boolean {
  const { response } = call;
  if (rule.isCarriedOut) holdAnswer(response, ({ end }) => instead(rule, call, end));
  else instead(rule, call, (body) => response.end(body));
  return rule.isCarriedOut;
}

function instead(
  rule: Extract<CallRule, { isCarriedOut: boolean }>,
  { request, response }: Call,
  end: (body: Buffer) => void,
): void {
  switch (rule.kind) {
    case 'drop':
      return;
    case 'reset':
      reset(request);
      return;
    case 'status':
      end(statusAnswer(rule, response));
      return;
    default:
      rule satisfies never;
  }
}

/** Sets the head of the answer and gives its body. */
function statusAnswer(
  { status, headers = {}, body }: Extract<CallRule, { kind: 'status' }>,
  response: Response,
): Buffer {
  for (const name of response.getHeaderNames()) response.removeHeader(name);
  const content = body ?? { error: { message: 'A fault that was asked for', internalCode: status } };
  const isText = typeof content === 'string';
  response
    .status(status)
    .type(isText ? 'text/plain' : 'application/json')
    .set(headers);
  return Buffer.from(isText ? content : JSON.stringify(content), 'utf8');
}

function reset({ socket }: Request): void {
  // Only a bare connection can be reset; one under TLS is cut.
  if (socket instanceof TLSSocket) socket.destroy();
  else socket.resetAndDestroy();
}

async function delayed({ response, clock }: Call, ms: number, send: () => void): Promise<void> {
  if (response.closed) return;
  const gone = new AbortController();
  const leave = (): void => gone.abort();
  response.once('close', leave);
  await pause(clock, ms, gone.signal);
  response.off('close', leave);
  if (!gone.signal.aborted) send();
}

const PIECES = 10;

/** Sends a body in pieces that take their time together. */
async function trickle(call: Call, { body, write, end }: HeldAnswer, ms: number): Promise<void> {
  const size = Math.max(1, Math.ceil(body.byteLength / PIECES));
  for (let from = 0; from < body.byteLength; from += size) {
    const piece = body.subarray(from, from + size);
    await delayed(call, ms / PIECES, () => write(piece, body.byteLength));
  }
  if (!call.response.closed) end(Buffer.alloc(0));
}
