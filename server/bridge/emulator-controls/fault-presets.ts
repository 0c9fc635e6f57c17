import { FAULT_PRESETS, type AddFaultRequest, type EmulatorFault } from '#protocol/emulator-controls';
import type { AccountId } from '#protocol/identifiers';

import type { ToldFault } from '../upstream/emulator-control-client.ts';

const DELAY_MS = 5_000;

/** Without the event, a fault that happens once would hit the COMPOSING that goes before a message. */
const event = { eventType: 'ContentEvent' };
const call = { on: 'call', match: { service: 'asyncMessagingEnt', ...event } } as const;
const webhook = { on: 'webhook', match: event } as const;

/** What each preset means to the emulator's control API. */
const RULES = {
  'answer-lost': { ...call, kind: 'reset', isCarriedOut: true },
  'call-500': { ...call, kind: 'status', status: 500 },
  'call-429': { ...call, kind: 'status', status: 429 },
  'token-expired': { ...call, kind: 'expired-token' },
  'webhook-lost': { ...webhook, kind: 'drop' },
  'webhook-delayed': { ...webhook, kind: 'delay', ms: DELAY_MS },
  'webhook-doubled': { ...webhook, kind: 'duplicate', times: 2 },
  'webhook-reordered': { ...webhook, kind: 'reorder', ms: DELAY_MS },
  'webhook-signature': { ...webhook, kind: 'wrong-signature' },
} as const satisfies Record<AddFaultRequest['preset'], unknown>;

/** The rule that is asked for: for the account of whoever asks, and nobody else's. */
export function ruleOf({ preset, count }: AddFaultRequest, account: AccountId): unknown {
  const { match, ...rule } = RULES[preset];
  return { ...rule, match: { ...match, account }, ...(count !== null && { count }) };
}

/** Whether the rule can still happen to the account. */
export const isInForce = ({ match, count, fired }: ToldFault, account: AccountId): boolean =>
  (match.account ?? account) === account && (count === null || fired < count);

/** The rule in the words of the API, under the name of its preset where it is one. */
export function toFault(told: ToldFault): EmulatorFault {
  const { id, on, kind, count, fired } = told;
  const preset = FAULT_PRESETS.find((name) => isLike(told, RULES[name])) ?? null;
  return { id, preset, on, kind, left: count === null ? null : count - fired };
}

/** Whether all that the preset asks for stands in the rule. */
function isLike(told: Readonly<Record<string, unknown>>, rule: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(rule).every(([name, value]) =>
    isRecord(value) ? isRecord(told[name]) && isLike(told[name], value) : told[name] === value,
  );
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
