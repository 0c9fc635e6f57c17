import { WEBHOOK_EVENT_TYPES } from '#protocol/app-installation';

import type { TestCloud } from './test-cloud.ts';

export interface WebhookConfiguration {
  /** Members of every event type. */
  readonly webhook?: object;
  /** Seconds. Left out: the app has none. */
  readonly retentionTime?: number | undefined;
  /** More members, by event type. */
  readonly perType?: Readonly<Record<string, object>>;
}

/** Configures the webhooks of the account's connector app by the installation API. */
export async function configureWebhooks(
  { caller, receiver }: TestCloud,
  { webhook = {}, retentionTime, perType = {} }: WebhookConfiguration,
): Promise<void> {
  const app = await caller.app();
  const headers = await caller.bearer();
  const path = caller.installationsPath(app.id);
  const revision = (await caller.call(path, { headers })).headers.get('ac-revision') ?? '';
  const entries = WEBHOOK_EVENT_TYPES.map(
    (type) => [type, { endpoint: receiver.url, ...webhook, ...perType[type] }] as const,
  );
  const webhooks = {
    ...Object.fromEntries<object>(entries),
    ...(retentionTime !== undefined && { retry: { retention_time: retentionTime } }),
  };
  const body = { ...app, capabilities: { webhooks } };
  const answer = await caller.call(path, {
    method: 'PUT',
    headers: { ...headers, 'if-match': revision },
    body,
  });
  expect(answer.status).withContext(answer.text).toBe(200);
}
