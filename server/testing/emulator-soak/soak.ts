import { at } from '../../emulator/testing/answer.ts';
import { Caller } from '../../emulator/testing/caller.ts';
import { ControlCaller } from '../../emulator/testing/control-caller.ts';
import { SeparateEmulator } from './separate-emulator.ts';
import { installApps, plantFaults } from './soak-apps.ts';
import type { SoakApp } from './soak-apps.ts';
import { SoakConnector } from './soak-connector.ts';
import { SoakReceiver } from './soak-receiver.ts';
import { judge } from './soak-verdict.ts';
import type { SoakVerdict } from './soak-verdict.ts';

export interface SoakSize {
  readonly conversations: number;
  /** In each conversation: every second one is the agent's, who says again what the consumer wrote. */
  readonly messages: number;
  /** Chooses which faults happen where. Default 1. */
  readonly seed?: number;
}

export interface SoakResult extends SoakVerdict {
  readonly webhooksTaken: number;
  /** Those with a wrong or missing signature. */
  readonly webhooksRefused: number;
  readonly sendsRepeated: number;
  /** How often each kind of fault happened. */
  readonly faults: Readonly<Record<string, number>>;
  /** What the emulator's process holds: before, after everything is said, and after a reset. */
  readonly heapBytes: { readonly start: number; readonly full: number; readonly end: number };
  readonly virtualHours: number;
  readonly seconds: number;
}

const ACCOUNT = 'demo-soak';
/** Conversations in which something is done at the same time. */
const LANES = 16;

/** Lets many conversations happen amid faults, and tells what came of it. Time passes on the emulator's clock. */
export async function runSoak({ conversations, messages, seed = 1 }: SoakSize): Promise<SoakResult> {
  const startedAt = performance.now();
  await using receiver = await SoakReceiver.start();
  await using emulator = await SeparateEmulator.start(receiver.urlOf('ordered'));
  // What is made once at first use (compiled code, connections, schemas) is no growth.
  await soakOnce({ receiver, emulator }, { conversations: Math.min(conversations, 20), messages: 10, seed });
  const start = await emulator.heapBytes();
  const { result, full } = await soakOnce({ receiver, emulator }, { conversations, messages, seed });
  const end = await emulator.heapBytes();
  const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
  return { ...result, heapBytes: { start, full, end }, seconds };
}

interface Round {
  readonly receiver: SoakReceiver;
  readonly emulator: SeparateEmulator;
}

interface Outcome {
  readonly result: Omit<SoakResult, 'heapBytes' | 'seconds'>;
  readonly full: number;
}

/** One whole soak, from a fresh account to a reset. */
async function soakOnce({ receiver, emulator }: Round, size: Required<SoakSize>): Promise<Outcome> {
  const caller = new Caller(emulator.origin, ACCOUNT);
  const control = new ControlCaller(emulator.origin);
  const apps = await installApps(caller, (app) => receiver.urlOf(app));
  receiver.expect(new Map(apps.map(({ name, secret }) => [name, secret])));
  const begunAt = await aheadMs(control);
  const firings = new Firings(control, apps);
  await plantFaults(control, apps, size.seed);
  const { talks, repeated } = await talk({ caller, control, apps, firings }, size);
  const full = await emulator.heapBytes();
  const expected = talks.map((each) => ({ ...each, dropped: firings.droppedIn(each.conversation) }));
  const result = {
    ...judge(receiver, expected),
    webhooksTaken: receiver.taken,
    webhooksRefused: receiver.refused,
    sendsRepeated: repeated,
    faults: firings.counts,
    virtualHours: Math.round(((await aheadMs(control)) - begunAt) / 36_000) / 100,
  };
  await control.post('/state/reset');
  return { result, full };
}

interface Stage {
  readonly caller: Caller;
  readonly control: ControlCaller;
  readonly apps: readonly SoakApp[];
  readonly firings: Firings;
}

interface Talk {
  readonly token: string;
  readonly conversation: string;
  readonly texts: string[];
}

/** All open, all say one thing after another, all close; between two of these the emulator's time goes on. */
async function talk(
  { caller, control, apps, firings }: Stage,
  { conversations, messages }: SoakSize,
): Promise<{ readonly talks: readonly Talk[]; readonly repeated: number }> {
  const [app] = apps;
  if (!app) throw new Error('no app');
  const connector = new SoakConnector(caller, app);
  const pause = async (): Promise<void> => {
    await untilNothingWaits(control);
    await firings.read();
  };
  const talks: Talk[] = [];
  for (let number = 0; number < conversations; number += 1) {
    const token = await connector.consumerToken(`soak-${number}`);
    talks.push({ token, conversation: await connector.open(token), texts: [] });
  }
  await pause();
  for (let number = 0; number < messages / 2; number += 1) {
    await inLanes(talks, async ({ token, conversation, texts }) => {
      const text = `Message ${number} of ${conversation} 👋`;
      texts.push(text);
      await connector.say(token, conversation, text);
    });
    await pause();
  }
  await inLanes(talks, ({ token, conversation }) => connector.close(token, conversation));
  await pause();
  return { talks, repeated: connector.repeated };
}

async function inLanes<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const waiting = items.values();
  const lane = async (): Promise<void> => {
    for (const item of waiting) await work(item);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

/** Sets the clock forward until every app was told what it is to be told. */
async function untilNothingWaits(control: ControlCaller): Promise<void> {
  for (let turn = 0; turn < 1000; turn += 1) {
    await control.advance({ seconds: 30 });
    const { body } = await control.get(`/accounts/${ACCOUNT}/apps`);
    const apps = at(body, 'apps');
    if (Array.isArray(apps) && apps.every((app) => at(app, 'waiting') === 0)) return;
  }
  throw new Error('webhooks wait without end');
}

async function aheadMs(control: ControlCaller): Promise<number> {
  return Number((await control.get('/clock')).at('aheadMs'));
}

/** Which faults have happened. Read often: the emulator remembers the latest only. */
class Firings {
  readonly counts: Record<string, number> = {};
  private readonly dropped = new Map<string, number>();
  private last = 0;
  private readonly control: ControlCaller;
  private readonly lossy: string | undefined;

  constructor(control: ControlCaller, apps: readonly SoakApp[]) {
    this.control = control;
    this.lossy = apps.find(({ name }) => name === 'lossy')?.key;
  }

  droppedIn(conversation: string): number {
    return this.dropped.get(conversation) ?? 0;
  }

  async read(): Promise<void> {
    const { body } = await this.control.get(`/faults/firings?after=${this.last}`);
    const firings = at(body, 'firings');
    if (!Array.isArray(firings)) throw new Error('no firings');
    for (const firing of firings as readonly unknown[]) this.count(firing);
  }

  private count(firing: unknown): void {
    this.last = Number(at(firing, 'number'));
    const what = `${String(at(firing, 'on'))} ${String(at(firing, 'kind'))}`;
    this.counts[what] = (this.counts[what] ?? 0) + 1;
    if (what !== 'webhook drop' || at(firing, 'app') !== this.lossy) return;
    const conversation = String(at(firing, 'conversation'));
    this.dropped.set(conversation, this.droppedIn(conversation) + 1);
  }
}
