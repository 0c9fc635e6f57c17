import type { AppCapabilities, AppInstallation, WebhooksCapability } from './app-installation.ts';
import type { ClientFeature, Urgency } from './connector/envelope.ts';
import type { AcceptStatus, ChatState, HostedFile, Metadata, RawEvent } from './connector/events.ts';
import type { AccountId, AppKey, ConsumerId, ConversationId, DialogId, UserId } from './identifiers.ts';
import type { ConsumerIdentity } from './consumer.ts';
import type { NotificationChange } from './webhook-notification.ts';

/** `GET /api/about`: what a browser may know before sign-in. */
export interface About {
  readonly version: string;
  /** Host of the directory that real accounts are looked up in. */
  readonly directoryHost: string;
  /** Host of the directory for accounts that start with `le` or `qa`. */
  readonly directoryHostQa: string;
  /** `null` when the emulator is off. */
  readonly emulator: EmulatorAbout | null;
  /** Where webhooks can be posted on this machine, e.g. `http://localhost:8282/notifications/event`. */
  readonly localWebhookUrl: string;
}

export interface EmulatorAbout {
  /** `host:port` for the environment chip. */
  readonly host: string;
  /** Account of *Try it now*. */
  readonly account: AccountId;
}

/** `POST /api/sign-in`. `POST /api/sign-in/demo` takes no body: the bridge knows the emulator's credentials. */
export interface SignInRequest {
  readonly account: string;
  readonly loginName: string;
  readonly password: string;
}

/** Answer of both sign-ins, and `user` of `GET /api/session`. Carries no credential. */
export interface SignedInUser {
  readonly account: AccountId;
  readonly userId: UserId;
  readonly loginName: string;
  readonly isEmulated: boolean;
  /** Directory host or emulator that serves the account. */
  readonly environmentHost: string;
  /** When the session ends unless it is used, epoch milliseconds. */
  readonly expiresAt: number;
}

/**
 * `GET /api/session`; answers 200 also when nobody is signed in. Asking counts as a use of the session, as every call
 * does; with `?peek` it does not, so that a page can tell how long the session has left without prolonging it.
 */
export interface SessionAnswer {
  readonly user: SignedInUser | null;
  /** Time left unless the session is used, by the bridge's clock; absent when nobody is signed in. */
  readonly expiresInMs?: number;
}

/** `GET /api/messaging`: the account's async-messaging property. */
export interface MessagingProperty {
  /** `null`: the account does not list the property. */
  readonly isEnabled: boolean | null;
}

/** An app installation without its secret. */
export type InstallationView = Omit<AppInstallation, 'client_secret'> & {
  readonly id: AppKey;
  readonly client_id: AppKey;
  readonly client_name: string;
  readonly client_id_issued_at: number;
  readonly enabled: boolean;
  readonly description?: string;
  readonly scope?: string;
  readonly grant_types?: readonly string[];
  readonly capabilities?: AppCapabilities | null;
  readonly hasSecret: boolean;
};

/** `GET /api/installations`. */
export interface InstallationList {
  readonly installations: readonly InstallationView[];
  /** `ac-revision` of the list; `null` when the cloud sent none. */
  readonly revision: string | null;
}

/** `GET /api/installations/{id}`, and the answer of every change. */
export interface InstallationAnswer {
  readonly installation: InstallationView;
  readonly revision: string | null;
}

/** `PUT /api/installations/{id}/webhooks`: replaces the webhook capability, keeps all else. */
export interface UpdateWebhooksRequest {
  readonly webhooks: WebhooksCapability;
  /** Revision the change is based on; a newer one upstream answers `revision-conflict`. `null`: whatever is there. */
  readonly revision: string | null;
}

/**
 * An installation as the browser edits it: an {@link InstallationView} without what the server owns (`id`, `client_id`,
 * `client_id_issued_at` …), which is ignored where it is sent. Members not named here are kept.
 */
export interface InstallationDraft {
  readonly client_name: string;
  readonly enabled: boolean;
  readonly capabilities?: AppCapabilities | null;
  readonly [other: string]: unknown;
}

/** `POST /api/installations`; answers 201 with an {@link InstallationAnswer}. */
export interface CreateInstallationRequest {
  readonly installation: InstallationDraft;
}

/**
 * `PUT /api/installations/{id}`: replaces all that the account owns of it; `enabled` switches it on and off.
 * `DELETE /api/installations/{id}?revision={revision}` uninstalls it and answers 204.
 */
export interface ReplaceInstallationRequest {
  readonly installation: InstallationDraft;
  /** As in {@link UpdateWebhooksRequest}. */
  readonly revision: string | null;
}

/** `POST /api/installations/{id}/secret`: an administrator asks to see it. */
export interface InstallationSecret {
  readonly clientSecret: string | null;
}

/** What a new conversation starts with. @see PROTOCOL.md §6.2 */
export interface ConversationOptions {
  readonly features: readonly ClientFeature[];
  /** `null`: unassigned (`-1`). */
  readonly skillId: string | null;
  /** `null`: the account's default campaign. */
  readonly campaign: { readonly campaignId: string; readonly engagementId: string } | null;
  readonly urgency: Urgency | null;
  readonly language: string;
  /** `conversationContext.type`; `null` sends no context. */
  readonly contextType: string | null;
  /** Engagement attributes (`authenticatedData.lp_sdes`). */
  readonly engagementAttributes: readonly Readonly<Record<string, unknown>>[];
}

export const DEFAULT_CONVERSATION_OPTIONS: ConversationOptions = {
  features: ['RICH_CONTENT', 'QUICK_REPLIES', 'MULTI_DIALOG'],
  skillId: null,
  campaign: null,
  urgency: null,
  language: 'en-US',
  contextType: 'SharkContext',
  engagementAttributes: [],
};

/** `POST /api/conversations`. */
export interface OpenConversationRequest {
  readonly appKey: AppKey;
  /** `externalId` absent: a new consumer. */
  readonly consumer: { readonly name: string; readonly externalId?: string };
  readonly options: ConversationOptions;
}

/** Answer of `POST /api/conversations`, items of `GET /api/conversations?app={appKey}`. */
export interface ConversationView {
  readonly conversationId: ConversationId;
  readonly appKey: AppKey;
  readonly consumer: ConsumerIdentity;
  readonly options: ConversationOptions;
  /** Epoch milliseconds. */
  readonly openedAt: number;
}

export interface ConversationList {
  readonly conversations: readonly ConversationView[];
}

/**
 * `GET /api/conversations/{id}/history`: what the cloud's messaging history has of a conversation, in the words of
 * webhooks. Also of a conversation that another server opened: the signed-in user's authority decides. History lags
 * behind the live conversation by seconds to minutes. @see PROTOCOL.md §9
 */
export interface ConversationHistory {
  readonly conversationId: ConversationId;
  /** `false`: history does not have it, or not yet; then all the rest is empty. */
  readonly isKnown: boolean;
  /** The cloud says itself that something is missing. */
  readonly isPartial: boolean;
  readonly consumer: { readonly name: string | null; readonly consumerId: ConsumerId } | null;
  /** Epoch milliseconds. */
  readonly startedAt: number | null;
  /** Messages, receipts (without a sequence of their own) and the state of the conversation; read them with the guards. */
  readonly changes: readonly NotificationChange[];
}

/** `GET /api/conversations/{id}/tokens`: how long the tokens last that the bridge speaks with. Carries no token. */
export interface ConversationTokens {
  /** `null`: none is held; the next call fetches one. Epoch milliseconds. */
  readonly appToken: { readonly expiresAt: number; readonly renewAt: number } | null;
  /** `null`: none is held. `expiresAt` is `null` for a token that does not run out. @see PROTOCOL.md §5.2 */
  readonly consumerToken: { readonly expiresAt: number | null } | null;
}

/**
 * `POST /api/conversations/{id}/messages`; answers 201 with a {@link SendMessageAnswer}. Sending the same
 * `clientMessageId` again never publishes twice: what was published gives its first answer, what was surely refused is
 * tried again, and of what nobody knows (`answer-lost`) the problem is given again until its echo settles it.
 */
export interface SendMessageRequest {
  readonly clientMessageId: string;
  readonly dialogId: DialogId;
  readonly content: MessageContent;
  readonly metadata?: Metadata;
  /** `clientMessageId` of a message that nobody knows the fate of, and that its writer sends once more by this one. */
  readonly replaces?: string;
}

export type MessageContent =
  { readonly type: 'text'; readonly text: string } | { readonly type: 'file'; readonly file: HostedFile };

export interface SendMessageAnswer {
  readonly messageSequence: number;
}

/**
 * `POST /api/conversations/{id}/events`: publishes an event as it is, for what the API takes and this app has no button for.
 * Answers 201 with a {@link PublishEventAnswer}. Messages are published once per `clientMessageId`, as by `…/messages`;
 * chat states and accept statuses are told again when they are sent again. @see PROTOCOL.md §6.3
 */
export interface PublishEventRequest {
  readonly clientMessageId: string;
  readonly dialogId: DialogId;
  readonly event: RawEvent;
  readonly metadata?: Metadata;
}

export interface PublishEventAnswer {
  /** `null`: this kind of event has no sequence. @see PROTOCOL.md §6.3.6 */
  readonly messageSequence: number | null;
}

/** An event may not be longer, in characters of JSON; the cloud's own limit is far below. @see PROTOCOL.md §6.6 */
export const MAX_EVENT_CHARACTERS = 64_000;

/**
 * `POST /api/conversations/{id}/files?name={file name}`: the bytes themselves, with their `Content-Type` and
 * `Content-Length`. Puts them into the cloud's storage and answers 201 with what a message about them carries;
 * nothing is published yet.
 *
 * `GET /api/conversations/{id}/files?path={relativePath}&name={file name}` answers with the bytes of a file: pictures
 * under their own type, everything else as a download.
 */
export type UploadFileAnswer = HostedFile;

/**
 * `POST /api/conversations/{id}/chat-state`, said by hand; answers 204.
 * `POST /api/conversations/{id}/automatic-chat-state`, noticed by the app; answers {@link AutomaticChatStateAnswer}.
 */
export interface ChatStateRequest {
  readonly dialogId: DialogId;
  readonly chatState: ChatState;
}

/** A refusal of the cloud is an outcome, since a dialog may close meanwhile. */
export interface AutomaticChatStateAnswer {
  readonly outcome: 'told' | 'refused';
}

/** `POST /api/conversations/{id}/accept-status`; answers 204. */
export interface AcceptStatusRequest {
  readonly dialogId: DialogId;
  readonly status: AcceptStatus;
  readonly sequenceList: readonly number[];
  readonly metadata?: Metadata;
}

/**
 * `POST /api/conversations/{id}/receipts`: tells by itself what became of messages. Each message is told each status once,
 * however many browsers of the person ask; a refusal of the cloud is an outcome, since a dialog may close meanwhile.
 */
export interface ReceiptRequest {
  readonly dialogId: DialogId;
  readonly status: ReceiptStatus;
  /** Up to {@link MAX_RECEIPT_SEQUENCES}. */
  readonly sequenceList: readonly number[];
}

export type ReceiptStatus = Extract<AcceptStatus, 'ACCEPT' | 'READ'>;

export const MAX_RECEIPT_SEQUENCES = 500;

/** `known`: all of it was told before, so nothing was sent. */
export interface ReceiptAnswer {
  readonly outcome: 'told' | 'known' | 'refused';
}

/** `POST /api/conversations/{id}/close`; answers 204. `survey` closes the main dialog only, so that a survey may follow. */
export interface CloseConversationRequest {
  readonly mode: 'close' | 'survey';
}
