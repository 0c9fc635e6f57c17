import type { Metadata } from './events.ts';

/** A request of the Connector API. @see PROTOCOL.md §6.1 */
export interface ConnectorRequest<Body = unknown> {
  readonly kind: 'req';
  /** Opaque to the server, echoed as `reqId`; 1–64 characters. */
  readonly id: string;
  readonly type: ConnectorRequestType;
  readonly body: Body;
  readonly metadata?: Metadata;
}

export const CONNECTOR_REQUEST_TYPES = [
  'userprofile.SetUserProfile',
  'cm.ConsumerRequestConversation',
  'ms.PublishEvent',
  'cm.UpdateConversationField',
  'ms.GenerateURLForUploadFile',
  'ms.GenerateURLForDownloadFile',
] as const;

export type ConnectorRequestType = (typeof CONNECTOR_REQUEST_TYPES)[number];

/** Result of one request, "family A". @see PROTOCOL.md §6.6 */
export interface ConnectorResult<Body = unknown> {
  readonly reqId: string;
  readonly code: string;
  readonly body: Body;
}

/** Gateway error, "family B". @see PROTOCOL.md §6.6 */
export interface GatewayError {
  readonly kind: 'resp';
  readonly reqId?: string;
  readonly code: number;
  readonly body: { readonly title: string; readonly details: string; readonly errorCode: number };
  readonly type: '.ReqBody$ErrorResp';
}

/** Features a connector may announce in `Client-Properties`. @see PROTOCOL.md §6.1 */
export const CLIENT_FEATURES = [
  'AUTO_MESSAGES',
  'RICH_CONTENT',
  'QUICK_REPLIES',
  'MULTI_DIALOG',
  'CO_BROWSE',
  'CO_APP',
  'PHOTO_SHARING',
  'SECURE_FORMS',
  'FILE_SHARING',
] as const;

export type ClientFeature = (typeof CLIENT_FEATURES)[number];

export const URGENCIES = ['NORMAL', 'URGENT', 'PRIORITIZED'] as const;
export type Urgency = (typeof URGENCIES)[number];
