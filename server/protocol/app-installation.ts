import type { AppKey } from './identifiers.ts';

/** Keys of `capabilities.webhooks`, one per kind of notification. @see PROTOCOL.md §4.2.1 */
export const WEBHOOK_EVENT_TYPES = [
  'cqm.ExConversationChangeNotification',
  'ms.MessagingEventNotification.ContentEvent',
  'ms.MessagingEventNotification.RichContentEvent',
  'ms.MessagingEventNotification.AcceptStatusEvent',
  'ms.MessagingEventNotification.ChatStateEvent',
] as const;

export type WebhookEventType = (typeof WEBHOOK_EVENT_TYPES)[number];

/** Scope that makes an installation a connector. @see PROTOCOL.md §4.2 */
export const CONNECTOR_SCOPE = 'msg.consumer';

export interface WebhookHeader {
  readonly header_name: string;
  readonly header_value: string;
}

/** Where one kind of notification is posted. @see PROTOCOL.md §4.2.1 */
export interface WebhookEndpoint {
  readonly endpoint: string;
  /** Legacy retries, 0–5; ignored when a retention time is set. */
  readonly max_retries?: number;
  readonly headers?: readonly WebhookHeader[];
}

export type WebhooksCapability = Partial<Record<WebhookEventType, WebhookEndpoint>> & {
  /** Seconds, 2–259,200. Absent: nothing is kept for a failed endpoint. */
  readonly retry?: { readonly retention_time: number };
};

export interface AppCapabilities {
  readonly webhooks?: WebhooksCapability | null;
  readonly engagement?: Readonly<Record<string, unknown>> | null;
  readonly [other: string]: unknown;
}

/** An app installation as the account configuration returns it; unknown members are kept. @see PROTOCOL.md §4.3 */
export interface AppInstallation {
  readonly id: AppKey;
  readonly client_id: AppKey;
  readonly client_name: string;
  readonly client_secret: string | null;
  readonly client_id_issued_at: number;
  readonly description?: string;
  readonly enabled: boolean;
  readonly deleted?: boolean;
  readonly grant_types?: readonly string[];
  readonly scope?: string;
  readonly capabilities?: AppCapabilities | null;
  readonly [other: string]: unknown;
}

/** Whether the installation may act as a connector; apps with more scopes than the connector's count too. */
export function isConnectorApp(app: Pick<AppInstallation, 'scope'>): boolean {
  return (app.scope ?? '').split(/\s+/).includes(CONNECTOR_SCOPE);
}
