import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import type { InstallationSecret } from '#protocol/bridge-api';

import { startEmulator } from '../../emulator/emulator.ts';
import { TestBrowser } from '../browser.ts';
import { notification, textChange } from '../notifications.ts';
import { postWebhook } from '../post-webhook.ts';
import { KillableBridge } from './killable-bridge.ts';
import { ResumingReader } from './resuming-reader.ts';

export interface KillTestSize {
  readonly events: number;
  /** How often the bridge is killed with SIGKILL while events are on their way. */
  readonly kills: number;
  /** How often the reader breaks its connection off, beside those that die with the bridge. */
  readonly drops: number;
  /** Senders that post at the same time, each its own conversation, in order. */
  readonly senders: number;
}

export interface KillTestResult {
  readonly acknowledged: number;
  /** Posts that had no answer or a failure, and were made again as the cloud does. */
  readonly repeated: number;
  readonly kills: number;
  readonly reconnects: number;
  readonly lost: number;
  readonly shownTwice: number;
  readonly outOfOrder: number;
  /** `gap` and `reset` notices: the reader must not have needed any. */
  readonly notices: number;
  readonly seconds: number;
}

interface Progress {
  acknowledged: number;
  repeated: number;
}

/** Posts events while the bridge is killed and the reader reconnects, and counts what came of them. */
export async function runKillTest(size: KillTestSize): Promise<KillTestResult> {
  const startedAt = performance.now();
  const dataDir = mkdtempSync(join(tmpdir(), 'kill-test-'));
  await using stack = new AsyncDisposableStack();
  stack.defer(() => rmSync(dataDir, { recursive: true }));
  const webhookUrl = (): string => `${bridge.origin}/notifications/event`;
  const emulator = stack.use(await startEmulator({ host: '127.0.0.1', httpPort: 0, webhookUrl }));
  const bridge: KillableBridge = stack.use(new KillableBridge(dataDir, emulator.origin));
  await bridge.start();
  const { browser, app } = await signIn(bridge.origin);
  const reader = new ResumingReader(() => `${bridge.origin}/api/events`, browser.cookieHeader);
  const reading = reader.run();
  const progress: Progress = { acknowledged: 0, repeated: 0 };
  const sending = Array.from({ length: size.senders }, (_, sender) =>
    sendAll({ bridge, app, progress, name: `c${sender}`, count: shareOf(size, sender) }),
  );
  const disturbing = Promise.all([
    atEach(size.kills, size.events, progress, async () => {
      await bridge.kill();
      await bridge.start();
    }),
    atEach(size.drops, size.events, progress, async () => {
      await until(() => reader.isReading, 60_000);
      reader.drop();
    }),
  ]);
  await Promise.all([...sending, disturbing]);
  await until(() => distinct(reader).size >= size.events, 30_000);
  reader.close();
  await reading;
  return { ...judge(reader, size), ...progress, kills: size.kills, seconds: secondsSince(startedAt) };
}

async function signIn(origin: string) {
  const browser = new TestBrowser(origin);
  await browser.signInToDemo();
  const { id, client_id: appKey } = await browser.connectorApp();
  const answer = await browser.post(`/api/installations/${id}/secret`);
  const secret = String((answer.body as InstallationSecret).clientSecret);
  return { browser, app: { appKey, secret } };
}

interface Sending {
  readonly bridge: KillableBridge;
  readonly app: { readonly appKey: string; readonly secret: string };
  readonly progress: Progress;
  readonly name: string;
  readonly count: number;
}

/** One after the other, each until it is acknowledged. */
async function sendAll({ bridge, app, progress, name, count }: Sending): Promise<void> {
  for (let sequence = 0; sequence < count; sequence += 1) {
    const body = notification([textChange({ conversationId: name, sequence, text: `${name}/${sequence}` })]);
    while (!(await isTaken(bridge.origin, { ...app, body }))) {
      progress.repeated += 1;
      await wait(10);
    }
    progress.acknowledged += 1;
  }
}

async function isTaken(origin: string, webhook: Parameters<typeof postWebhook>[1]): Promise<boolean> {
  try {
    const answer = await postWebhook(origin, webhook);
    await answer.arrayBuffer();
    return answer.status === 200;
  } catch {
    // No answer: the cloud sends it again, and so does this.
    return false;
  }
}

const shareOf = ({ events, senders }: KillTestSize, sender: number): number =>
  Math.floor(events / senders) + (sender < events % senders ? 1 : 0);

/** Does something `times` times, at random moments spread over the run. */
async function atEach(
  times: number,
  events: number,
  progress: Progress,
  act: () => Promise<void>,
): Promise<void> {
  for (let time = 1; time <= times; time += 1) {
    const moment = (events * (time - Math.random())) / (times + 1);
    await until(() => progress.acknowledged >= moment, 600_000);
    await act();
  }
}

/** Looks again and again; the time limit only ends what hangs. */
async function until(isReached: () => boolean, limitMs: number): Promise<void> {
  const end = performance.now() + limitMs;
  while (!isReached() && performance.now() < end) await wait(5);
}

const secondsSince = (start: number): number => Math.round((performance.now() - start) / 100) / 10;

/** Text of the message in an entry; `null` for entries of another kind. */
function messageIn(json: string): string | null {
  return /"message":"(c\d+\/\d+)"/.exec(json)?.[1] ?? null;
}

const messagesOf = (reader: ResumingReader): readonly string[] =>
  reader.entries.flatMap(({ json }) => messageIn(json) ?? []);

const distinct = (reader: ResumingReader): ReadonlySet<string> => new Set(messagesOf(reader));

type Judgement = Pick<KillTestResult, 'lost' | 'shownTwice' | 'outOfOrder' | 'notices' | 'reconnects'>;

function judge(reader: ResumingReader, { events }: KillTestSize): Judgement {
  const messages = messagesOf(reader);
  const newest = new Map<string, number>();
  let outOfOrder = 0;
  for (const message of messages) {
    const [conversation = '', sequence] = message.split('/');
    if (Number(sequence) !== (newest.get(conversation) ?? -1) + 1) outOfOrder += 1;
    newest.set(conversation, Number(sequence));
  }
  return {
    lost: events - distinct(reader).size,
    shownTwice: messages.length - distinct(reader).size,
    outOfOrder,
    notices: reader.notices.length,
    reconnects: reader.reconnects,
  };
}
