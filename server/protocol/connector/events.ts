/** Chat states of a participant. @see PROTOCOL.md §6.3.4 */
export const CHAT_STATES = ['ACTIVE', 'INACTIVE', 'GONE', 'COMPOSING', 'PAUSE'] as const;
export type ChatState = (typeof CHAT_STATES)[number];

/** Accept statuses of messages. @see PROTOCOL.md §6.3.5 */
export const ACCEPT_STATUSES = ['ACCEPT', 'READ', 'ACCESS', 'NACK', 'ACTION'] as const;
export type AcceptStatus = (typeof ACCEPT_STATUSES)[number];

/** Body of `message` in a hosted-file event. @see PROTOCOL.md §6.3.2 */
export interface HostedFile {
  readonly caption?: string;
  readonly relativePath: string;
  readonly fileType: string;
  /** Data URL, below 30 KB. */
  readonly preview?: string;
}

export interface ContentEvent {
  readonly type: 'ContentEvent';
  /** `text/plain` or `hosted/file`; others must be shown as not supported. */
  readonly contentType: string;
  /** Text for `text/plain`, a {@link HostedFile} for `hosted/file`. */
  readonly message: unknown;
  readonly quickReplies?: unknown;
}

export interface RichContentEvent {
  readonly type: 'RichContentEvent';
  readonly content: unknown;
  readonly quickReplies?: unknown;
}

export interface ChatStateEvent {
  readonly type: 'ChatStateEvent';
  readonly chatState: ChatState;
}

export interface AcceptStatusEvent {
  readonly type: 'AcceptStatusEvent';
  readonly status: AcceptStatus;
  /** Message sequences in that dialog. */
  readonly sequenceList: readonly number[];
}

/** What `ms.PublishEvent` carries. @see PROTOCOL.md §6.3 */
export type MessagingEvent = ContentEvent | RichContentEvent | ChatStateEvent | AcceptStatusEvent;

/** An event as it is written by hand: whatever the cloud says to it is part of what there is to see. */
export interface RawEvent {
  readonly type: string;
  readonly [other: string]: unknown;
}

export type Metadata = readonly Readonly<Record<string, unknown>>[];

/** Whether sequences are given to the event (chat states have none). @see PROTOCOL.md §11.4 */
export const isSequenced = (event: { readonly type: string }): boolean => event.type !== 'ChatStateEvent';
