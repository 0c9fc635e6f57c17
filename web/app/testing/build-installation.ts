import { WEBHOOK_EVENT_TYPES, type WebhooksCapability } from '#protocol/app-installation';
import type { InstallationView, SignedInUser } from '#protocol/bridge-api';
import { asAccountId, asAppKey, asUserId } from '#protocol/identifiers';

/** This server's own webhook URL, as `FakeAccount` tells it. */
export const HERE = 'http://localhost:8282/notifications/event';

/** An enabled connector app without endpoints; name only what matters. */
export function buildInstallation({
  id = 'app-1',
  name = 'Demo connector',
  webhooks,
  ...rest
}: InstallationParts = {}): InstallationView {
  return {
    id: asAppKey(id),
    client_id: asAppKey(id),
    client_name: name,
    client_id_issued_at: 1_579_856_355,
    enabled: true,
    scope: 'msg.consumer',
    hasSecret: true,
    ...(webhooks === undefined ? {} : { capabilities: { webhooks } }),
    ...rest,
  };
}

export interface InstallationParts {
  readonly id?: string;
  readonly name?: string;
  readonly description?: string;
  readonly webhooks?: WebhooksCapability;
  readonly enabled?: boolean;
  readonly deleted?: boolean;
  readonly scope?: string;
  readonly hasSecret?: boolean;
  readonly client_id_issued_at?: number;
}

/** All five endpoints at one URL. */
export function endpointsAt(url: string): WebhooksCapability {
  return Object.fromEntries(WEBHOOK_EVENT_TYPES.map((type) => [type, { endpoint: url }]));
}

/** The emulator's administrator, or with `isEmulated: false` one of LivePerson's cloud. */
export function buildUser({ account = 'demo', userId = '1', isEmulated = true } = {}): SignedInUser {
  return {
    account: asAccountId(account),
    userId: asUserId(userId),
    loginName: 'admin',
    isEmulated,
    environmentHost: isEmulated ? 'localhost:8283' : 'api.liveperson.net',
    expiresAt: Date.UTC(2026, 0, 15, 11),
  };
}
