import {
  MOST_DELIVERIES,
  type EmulatorApp,
  type EmulatorDeliveries,
  type EmulatorDelivery,
  type EmulatorEndpoint,
  type EndpointTrouble,
} from '#protocol/emulator-controls';

import { maskUrl } from '../logging/masking.ts';
import type { ToldApp, ToldDelivery } from '../upstream/emulator-control-client.ts';

/** All that the emulator knows of an account's webhooks. */
export interface ToldDeliveries {
  /** Oldest first. */
  readonly deliveries: readonly ToldDelivery[];
  readonly apps: readonly ToldApp[];
  readonly isFailedOnly: boolean;
}

/** The latest tries in the words of the API, and the apps that one should look after. */
export function deliveriesFor({ deliveries, apps, isFailedOnly }: ToldDeliveries): EmulatorDeliveries {
  const own = deliveries.filter(({ redelivery }) => redelivery === null);
  const lastTries = new Map(own.filter(isTry).map(({ delivery, number }) => [delivery, number]));
  const ended = new Set(own.filter((told) => !isTry(told)).map(({ delivery }) => delivery));
  const redelivered = firstTaken(deliveries);
  const names = new Map(apps.map(({ app, name }) => [app, name]));
  const wanted = deliveries.filter((told) => !isFailedOnly || isTrouble(told));
  return {
    deliveries: wanted
      .slice(-MOST_DELIVERIES)
      .toReversed()
      .map((told) => {
        const isOwnTry = told.redelivery === null && isTry(told);
        const isTriedAgain = isOwnTry && lastTries.get(told.delivery) !== told.number;
        return toDelivery(told, {
          app: { id: told.app, name: names.get(told.app) ?? told.app },
          isTriedAgain,
          isGivenUp: isOwnTry && ended.has(told.delivery),
          redelivered: told.redelivery === null ? (redelivered.get(told.delivery) ?? null) : null,
        });
      }),
    apps: apps
      .map((app) => toApp(app, own))
      .filter(({ isFailing, endpoints }) => isFailing || endpoints.length > 0),
  };
}

/** What the app itself does not want any more has not failed. */
const FINE: ReadonlySet<ToldDelivery['outcome']> = new Set(['delivered', 'unwanted']);

/** What failed, and what was redelivered since: whoever asked for it waits to see that it arrives. */
const isTrouble = ({ outcome, redelivery }: ToldDelivery): boolean =>
  redelivery !== null || !FINE.has(outcome);

/** Other reports say why there was no try, or no more. */
const isTry = ({ outcome, reason }: ToldDelivery): boolean =>
  outcome !== 'expired' && outcome !== 'unwanted' && reason !== 'no-room';

type Redelivered = NonNullable<EmulatorDelivery['redelivered']>;

/** Of each webhook the redelivery that was the first to be taken. */
function firstTaken(deliveries: readonly ToldDelivery[]): ReadonlyMap<number, Redelivered> {
  const first = new Map<number, Redelivered>();
  for (const { delivery, redelivery, outcome, at } of deliveries) {
    if (redelivery === null || outcome !== 'delivered' || first.has(delivery)) continue;
    first.set(delivery, { redelivery, at });
  }
  return first;
}

/** What other tries, and the apps, tell of one. */
type Beside = Pick<EmulatorDelivery, 'app' | 'isTriedAgain' | 'isGivenUp' | 'redelivered'>;

function toDelivery(told: ToldDelivery, beside: Beside): EmulatorDelivery {
  const { id, at, eventType, endpoint, attempt, outcome, status, reason, durationMs, nextAt } = told;
  const { redelivery, isKept } = told;
  return {
    ...{ id, at, eventType, outcome, status, reason, durationMs, redelivery, isKept, ...beside },
    attempt: redelivery === null && isTry(told) ? attempt : null,
    endpoint: endpoint === null ? null : maskUrl(endpoint),
    nextAt: beside.isTriedAgain || beside.isGivenUp ? null : nextAt,
  };
}

/** @param own The cloud's own tries: what somebody asked for says nothing of the app. */
function toApp(told: ToldApp, own: readonly ToldDelivery[]): EmulatorApp {
  const { app, name, phase, nextAt, waiting } = told;
  const isFailing = phase === 'FAILED';
  const last = new Map(own.filter((each) => each.app === app).map((each) => [each.endpoint, each]));
  const each = new Map(told.endpoints.map((one) => [one.endpoint, one]));
  const endpoints = [...each.values()].flatMap((one) => toEndpoint(one, last.get(one.endpoint)));
  // It is asked with a webhook: where none waits there is nothing to ask it with.
  return { id: app, name, isFailing, nextAt: isFailing && waiting > 0 ? nextAt : null, waiting, endpoints };
}

type ToldEndpoint = ToldApp['endpoints'][number];

function toEndpoint(told: ToldEndpoint, last: ToldDelivery | undefined): readonly EmulatorEndpoint[] {
  const trouble = troubleOf(told, last);
  if (trouble === null) return [];
  const { status = null, reason = null } = last ?? {};
  return [{ endpoint: maskUrl(told.endpoint), trouble, status, reason }];
}

function troubleOf(told: ToldEndpoint, last: ToldDelivery | undefined): EndpointTrouble | null {
  if (told.isSwitchedOff) return 'switched-off';
  // What was kept back while it was off says nothing of it now.
  const isRefused = last?.outcome === 'failed' || last?.outcome === 'lost';
  if (isRefused && last.reason !== 'switched-off') return 'failing';
  return told.slowSince === null ? null : 'slow';
}
