import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as openRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import fc from 'fast-check';

import type { InstallationSecret } from '#protocol/bridge-api';

import { TestBrowser } from '../browser.ts';
import { startWorld } from '../start-world.ts';
import { hostileRequests, type HostileRequest } from './hostile-requests.ts';

export interface FuzzOptions {
  readonly runs: number;
  /** Repeats an earlier run. */
  readonly seed?: number;
}

export interface FuzzResult {
  /** Answers by status. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Used heap after the first tenth and at the end, garbage collected, MB. */
  readonly heapMb: readonly [number, number];
  readonly seconds: number;
}

/** What is kept per request would show: at 100,000 requests 32 MB are 340 bytes each. */
const MOST_GROWTH_MB = 32;

/**
 * Sends hostile requests to a bridge; an answer of 5xx or none at all fails the run, with the smallest
 * request that does it; so does a heap that grows.
 */
export async function runFuzz({ runs, seed }: FuzzOptions): Promise<FuzzResult> {
  const startedAt = performance.now();
  using web = pages();
  await using world = await startWorld({ config: { webRoot: web.root } });
  const browser = new TestBrowser(world.bridge.origin);
  await browser.signInToDemo();
  const { conversationId } = await browser.openConversation();
  const { id, client_id: appKey } = await browser.connectorApp();
  const answer = await browser.post(`/api/installations/${id}/secret`);
  const secret = String((answer.body as InstallationSecret).clientSecret);
  const cookie = browser.cookieHeader['cookie'] ?? '';
  const statuses: Record<string, number> = {};
  let done = 0;
  let earlyHeap = 0;
  const property = fc.asyncProperty(
    hostileRequests({ appKey, secret, cookie, conversationId }),
    async (hostile) => {
      const status = await statusOf(world.bridge.origin, hostile);
      statuses[status] = (statuses[status] ?? 0) + 1;
      done += 1;
      if (done === Math.ceil(runs / 10)) earlyHeap = usedHeapMb();
      if (status >= 500) throw new Error(`answered with ${status}`);
    },
  );
  await fc.assert(property, { numRuns: runs, ...(seed !== undefined && { seed }) });
  const health = await browser.get('/readyz');
  if (health.status !== 200) throw new Error('the bridge is not ready any more');
  const heap = usedHeapMb();
  if (heap > earlyHeap + MOST_GROWTH_MB) throw new Error(`the heap grew from ${earlyHeap} to ${heap} MB`);
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  return { statuses, heapMb: [earlyHeap, heap], seconds };
}

/** Longer than anything here may take. */
const LIMIT_MS = 15_000;

/** What is still held, without what only waits for the collector. */
function usedHeapMb(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc()');
  return Math.round(process.memoryUsage().heapUsed / 1024 / 1024);
}

/** Something to serve: a web app that is not built is answered with 503, as it should. */
function pages(): Disposable & { readonly root: string } {
  const root = mkdtempSync(join(tmpdir(), 'fuzz-'));
  writeFileSync(join(root, 'index.html'), '<!doctype html><html lang="en"><title>Page</title></html>');
  return { root, [Symbol.dispose]: () => rmSync(root, { recursive: true }) };
}

/** Status of the answer; its end is not waited for, because a stream has none. @throws when no answer came */
function statusOf(origin: string, { method, path, headers, body }: HostileRequest): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = method === 'GET' ? null : body;
    const request = openRequest(`${origin}${path}`, {
      method,
      headers: { ...headers, ...(sent !== null && { 'content-length': Buffer.byteLength(sent) }) },
    });
    request.once('response', (response) => {
      resolve(response.statusCode ?? 0);
      const isStream = response.headers['content-type']?.startsWith('text/event-stream') ?? false;
      if (isStream) request.destroy();
      else response.resume();
    });
    request.once('error', reject);
    request.setTimeout(LIMIT_MS, () => request.destroy(new Error('no answer in time')));
    request.end(sent ?? undefined);
  });
}
