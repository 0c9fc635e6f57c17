import { WEBHOOK_EVENT_TYPES } from '#protocol/app-installation';

import type { Caller } from '../../emulator/testing/caller.ts';
import type { ControlCaller } from '../../emulator/testing/control-caller.ts';
import { DEMO_CONNECTOR_NAME } from '../../emulator/state/seed.ts';

/** What the documentation promises an app depends on the retries it asks for. @see PROTOCOL.md §8.6, §8.7 */
export const SOAK_APPS = ['ordered', 'counted', 'lossy'] as const;
export type SoakAppName = (typeof SOAK_APPS)[number];

export interface SoakApp {
  readonly name: SoakAppName;
  readonly key: string;
  readonly secret: string;
}

type Manifest = Readonly<Record<string, unknown>>;

/** Puts three connector apps in the place of the seeded one. */
export async function installApps(
  caller: Caller,
  urlOf: (app: string) => string,
): Promise<readonly SoakApp[]> {
  const bearer = await caller.bearer();
  const seeded = await caller.app(DEMO_CONNECTOR_NAME);
  const { headers } = await caller.call(caller.installationsPath(seeded.id), { headers: bearer });
  const revision = headers.get('ac-revision') ?? '';
  await caller.call(caller.installationsPath(seeded.id), {
    method: 'DELETE',
    headers: { ...bearer, 'if-match': revision },
  });
  const apps: SoakApp[] = [];
  for (const name of SOAK_APPS) {
    const answer = await caller.post(caller.installationsPath(), manifestOf(name, urlOf(name)), bearer);
    apps.push({ name, key: answer.textAt('client_id'), secret: answer.textAt('client_secret') });
  }
  return apps;
}

function manifestOf(name: SoakAppName, endpoint: string): Manifest {
  const webhook = { endpoint, headers: [], ...(name === 'counted' && { max_retries: 5 }) };
  return {
    client_name: name,
    description: 'Soaked',
    grant_types: ['client_credentials'],
    scope: 'msg.consumer',
    capabilities: {
      webhooks: {
        ...Object.fromEntries(WEBHOOK_EVENT_TYPES.map((type) => [type, webhook])),
        ...(name === 'ordered' && { retry: { retention_time: 3600 } }),
      },
    },
  };
}

type Rule = Readonly<Record<string, unknown>>;

/** What an app that gets everything again must survive. */
const FAILURES: readonly Rule[] = [
  { kind: 'status', status: 503, probability: 0.01 },
  { kind: 'reset', probability: 0.01 },
  { kind: 'corrupt-body', probability: 0.005 },
  { kind: 'wrong-signature', probability: 0.005 },
  { kind: 'missing-signature', probability: 0.005 },
  { kind: 'duplicate', probability: 0.02 },
  { kind: 'delay', ms: 200, probability: 0.01 },
  { kind: 'slow-body', ms: 300, probability: 0.005 },
];
const REORDER: Rule = { kind: 'reorder', probability: 0.02 };

const WEBHOOK_RULES: Readonly<Record<SoakAppName, readonly Rule[]>> = {
  ordered: FAILURES,
  counted: [REORDER, ...FAILURES],
  lossy: [REORDER, { kind: 'drop', probability: 0.02 }],
};

/** What the connector must survive when it sends. */
const CALL_RULES: readonly Rule[] = [
  { kind: 'status', status: 429, probability: 0.01 },
  { kind: 'status', status: 503, probability: 0.01, isCarriedOut: true },
  { kind: 'reset', probability: 0.01 },
  { kind: 'reset', probability: 0.005, isCarriedOut: true },
  { kind: 'corrupt-body', probability: 0.005 },
  { kind: 'expired-token', probability: 0.01 },
  { kind: 'delay', ms: 20, probability: 0.01 },
];

/** Asks for all of it; each rule draws by a seed of its own. */
export async function plantFaults(
  control: ControlCaller,
  apps: readonly SoakApp[],
  seed: number,
): Promise<void> {
  const rules = [
    ...CALL_RULES.map((rule) => ({ on: 'call', match: { requestType: 'ms.PublishEvent' }, ...rule })),
    ...apps.flatMap(({ name, key }) =>
      WEBHOOK_RULES[name].map((rule) => ({ on: 'webhook', match: { app: key }, ...rule })),
    ),
  ];
  for (const [index, rule] of rules.entries()) await control.fault({ ...rule, seed: seed + index });
}
