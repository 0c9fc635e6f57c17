import { isEmulatedAccount, type AppKey } from '#protocol/identifiers';
import { WEBHOOK_EVENT_TYPES, type AppInstallation, type WebhookEventType } from '#protocol/app-installation';
import type { EndpointCause, EndpointCheck, EndpointCheckAnswer } from '#protocol/endpoint-check';

import { BridgeError } from '../errors/bridge-error.ts';
import type { AppChanges } from '../installations/app-changes.ts';
import type { AppSecrets } from '../installations/app-secrets.ts';
import type { AccountConfigClient } from '../upstream/account-config-client.ts';
import type { AdminContext, AppInstallationClient } from '../upstream/app-installation-client.ts';
import type { SignatureForm } from '../webhooks/signature-forms.ts';
import { localRules, publicRules } from './address-rules.ts';
import type { CheckArrival, CheckArrivals } from './check-arrivals.ts';
import { checkEvent, type CheckSender } from './check-event.ts';
import { causeOf } from './endpoint-cause.ts';
import { areSendable, probe, type Lookup, type ProbeDeps } from './endpoint-probe.ts';
import { setupFindings } from './setup-findings.ts';

export interface EndpointCheckLimits {
  /** As in §8.5: 5 s to connect, 5 s to answer, slow above 2.5 s. */
  readonly connectMs: number;
  readonly readMs: number;
  readonly slowMs: number;
}

export const DOCUMENTED_LIMITS: EndpointCheckLimits = { connectMs: 5_000, readMs: 5_000, slowMs: 2_500 };

/** A changed installation takes effect within two minutes. @see PROTOCOL.md §4.2.1 */
const CHANGE_EFFECT_MS = 120_000;

export interface EndpointChecksDeps {
  readonly client: Pick<AppInstallationClient, 'get'>;
  readonly accountConfig: Pick<AccountConfigClient, 'isMessagingEnabled'>;
  readonly secrets: AppSecrets;
  readonly changes: AppChanges;
  readonly arrivals: CheckArrivals;
  readonly limits: EndpointCheckLimits;
  /** How an event is signed. */
  readonly formOf: (appKey: AppKey) => SignatureForm;
  /** Host that the bridge listens on; emulated accounts may point there. */
  readonly ownHost: string;
  readonly now: () => number;
  /** Certificates, PEM, that the emulator trusts besides the usual ones; asked for each time. */
  readonly localAuthorities: () => readonly string[];
  readonly lookup?: Lookup;
}

/** Tries out whether an app's webhooks would arrive: through the configured URL, over the network, back to here. */
export class EndpointChecks {
  private readonly deps: EndpointChecksDeps;

  constructor(deps: EndpointChecksDeps) {
    this.deps = deps;
  }

  /** @throws BridgeError `unknown-app`, `upstream-session-ended` */
  async run(context: AdminContext, id: AppKey): Promise<EndpointCheckAnswer> {
    const { client, secrets, now } = this.deps;
    const { account } = context.services;
    const [{ value: app }, isMessagingEnabled] = await Promise.all([
      client.get(context, id),
      this.readMessaging(context),
    ]);
    const known = secrets.find(account, app.client_id);
    if (known === null) secrets.remember(account, [app]);
    // Sent with the account's secret, received with the one that was known here: as the cloud's own would be.
    const endpoints = await this.checkAll({
      account,
      app,
      secret: app.client_secret ?? '',
      form: this.deps.formOf(app.client_id),
    });
    secrets.remember(account, [app]);
    const findings = setupFindings({
      isAppEnabled: app.enabled,
      isMessagingEnabled,
      secret: secretState(app.client_secret, known),
      changedAt: this.deps.changes.at(account, id),
      now: now(),
      effectMs: isEmulatedAccount(account) ? 0 : CHANGE_EFFECT_MS,
    });
    return { checkedAt: now(), findings, endpoints };
  }

  private async readMessaging(context: AdminContext): Promise<boolean | null> {
    try {
      return await this.deps.accountConfig.isMessagingEnabled(context, context.bearer);
    } catch (error) {
      // The endpoints can be tried all the same; only an ended session makes everything else vain.
      if (error instanceof BridgeError && error.code !== 'upstream-session-ended') return null;
      throw error;
    }
  }

  private checkAll(sender: CheckSender): Promise<readonly EndpointCheck[]> {
    return Promise.all(WEBHOOK_EVENT_TYPES.map((type) => this.checkOne(type, sender)));
  }

  private async checkOne(type: WebhookEventType, sender: CheckSender): Promise<EndpointCheck> {
    const endpoint = urlOf(sender.app, type);
    const unsent = (cause: EndpointCause): EndpointCheck => ({ type, url: endpoint, cause, ...NOTHING_SEEN });
    if (endpoint === null) return unsent('no-endpoint');
    const url = URL.parse(endpoint);
    if (url === null || !/^https?:$/.test(url.protocol)) return unsent('invalid-url');
    if (sender.secret === '') return unsent('not-signed');
    const { nonce, headers, body } = checkEvent(type, sender);
    if (!areSendable(headers)) return unsent('invalid-header');
    this.deps.arrivals.expect(nonce, body);
    const seen = await probe({ url, headers, body }, this.probeDeps(sender));
    const arrival = this.deps.arrivals.arrivalOf(nonce);
    const { addresses, tls, status, error, durationMs } = seen;
    return {
      ...{ type, url: endpoint, addresses, tls, status, error },
      cause: causeOf({ probe: seen, arrival, slowMs: this.deps.limits.slowMs }),
      ...seenHere(arrival),
      durationMs: seen.stage === 'rules' ? null : durationMs,
    };
  }

  private probeDeps({ account }: CheckSender): ProbeDeps {
    const { limits, lookup, ownHost, localAuthorities } = this.deps;
    const isEmulated = isEmulatedAccount(account);
    return {
      limits,
      rules: isEmulated ? localRules(ownHost) : publicRules,
      authorities: isEmulated ? localAuthorities() : [],
      ...(lookup && { lookup }),
    };
  }
}

/** What the bridge saw of the event when it came back. */
function seenHere(
  arrival: CheckArrival | null,
): Pick<EndpointCheck, 'hasArrived' | 'signature' | 'missingHeaders'> {
  if (arrival === null) return { hasArrived: false, signature: null, missingHeaders: [] };
  return { hasArrived: true, signature: arrival.signature, missingHeaders: arrival.missingHeaders };
}

const NOTHING_SEEN = {
  ...{ addresses: [], tls: null, status: null, hasArrived: false, signature: null },
  ...{ missingHeaders: [], durationMs: null, error: null },
} as const;

function urlOf(app: AppInstallation, type: WebhookEventType): string | null {
  const url = app.capabilities?.webhooks?.[type]?.endpoint.trim() ?? '';
  return url === '' ? null : url;
}

function secretState(given: string | null, known: string | null): 'known' | 'renewed' | 'missing' {
  if (given === null || given === '') return 'missing';
  return known === null || known === given ? 'known' : 'renewed';
}
