import { INSTANT_PACE } from '../agent/agent-pace.ts';
import { silent } from '../agent/scripts/silent.ts';
import { systemClock } from '../clock.ts';
import type { Clock } from '../clock.ts';
import { startEmulator } from '../emulator.ts';
import type { Emulator, EmulatorOptions } from '../emulator.ts';
import { createSigningKey } from '../tokens/signing-key.ts';
import { Caller } from './caller.ts';
import { WebhookReceiver } from './webhook-receiver.ts';

/** One key for all specs: making one costs more than most of them. */
export const testSigningKey = await createSigningKey();

/** A running emulator with an endpoint that receives its webhooks, and somebody who calls it. */
export interface TestCloud extends AsyncDisposable {
  readonly emulator: Emulator;
  readonly receiver: WebhookReceiver;
  readonly caller: Caller;
}

/** Nobody answers unless a script is given; what agents do, they do at once. */
export async function startTestCloud(options: Partial<EmulatorOptions> = {}): Promise<TestCloud> {
  const receiver = await WebhookReceiver.start();
  const emulator = await startEmulator({
    host: '127.0.0.1',
    httpPort: 0,
    webhookUrl: receiver.url,
    agentPace: INSTANT_PACE,
    agentScript: silent,
    signingKey: testSigningKey,
    ...options,
  });
  return {
    emulator,
    receiver,
    caller: new Caller(emulator.origin),
    async [Symbol.asyncDispose]() {
      await emulator[Symbol.asyncDispose]();
      await receiver[Symbol.asyncDispose]();
    },
  };
}

/** The machine's clock, set forward by hand. */
export class ShiftedClock implements Clock {
  private shiftMs = 0;

  now(): number {
    return systemClock.now() + this.shiftMs;
  }

  schedule(delayMs: number, task: () => void): ReturnType<Clock['schedule']> {
    return systemClock.schedule(delayMs, task);
  }

  track<Outcome>(work: Promise<Outcome>): Promise<Outcome> {
    return systemClock.track(work);
  }

  /** Changes what time it is; waiting tasks do not notice. */
  forward(ms: number): void {
    this.shiftMs += ms;
  }
}
