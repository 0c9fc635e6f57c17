import { HttpClient } from '@angular/common/http';
import { Service, inject } from '@angular/core';
import { firstValueFrom } from 'rxjs';

import type {
  About,
  AcceptStatusRequest,
  AutomaticChatStateAnswer,
  ChatStateRequest,
  CloseConversationRequest,
  ConversationHistory,
  ConversationList,
  ConversationTokens,
  ConversationView,
  InstallationAnswer,
  InstallationDraft,
  InstallationList,
  InstallationSecret,
  MessagingProperty,
  OpenConversationRequest,
  PublishEventAnswer,
  PublishEventRequest,
  ReceiptAnswer,
  ReceiptRequest,
  ReplaceInstallationRequest,
  SendMessageAnswer,
  SendMessageRequest,
  SessionAnswer,
  SignedInUser,
  SignInRequest,
  UpdateWebhooksRequest,
} from '#protocol/bridge-api';
import type { EndpointCheckAnswer } from '#protocol/endpoint-check';
import type { AppKey, ConversationId } from '#protocol/identifiers';

/**
 * The bridge's HTTP API. Every method rejects with a `BridgeFailure`.
 *
 * The session cookie is all that identifies the browser: no token or secret passes through here, but for an app's
 * secret that an administrator asks to see.
 */
@Service()
export class BridgeClient {
  private readonly http = inject(HttpClient);

  about(): Promise<About> {
    return this.get('/api/about');
  }

  session(): Promise<SessionAnswer> {
    return this.get('/api/session');
  }

  /** How the session stands, without using it: looking does not prolong it. */
  peekSession(): Promise<SessionAnswer> {
    return this.get('/api/session?peek');
  }

  /** Resolves when the bridge would open a stream of events now; `EventSource` does not tell why it was refused one. */
  async askForStream(): Promise<void> {
    await this.get('/api/events?peek');
  }

  signIn(request: SignInRequest): Promise<SignedInUser> {
    return this.post('/api/sign-in', request);
  }

  /** Signs in to the emulator's demo account; the bridge holds its credentials. */
  signInToDemo(): Promise<SignedInUser> {
    return this.post('/api/sign-in/demo', {});
  }

  async signOut(): Promise<void> {
    await this.post('/api/sign-out', {});
  }

  messagingProperty(): Promise<MessagingProperty> {
    return this.get('/api/messaging');
  }

  installations(): Promise<InstallationList> {
    return this.get('/api/installations');
  }

  installation(id: AppKey): Promise<InstallationAnswer> {
    return this.get(`/api/installations/${encodeURIComponent(id)}`);
  }

  createInstallation(installation: InstallationDraft): Promise<InstallationAnswer> {
    return this.post('/api/installations', { installation });
  }

  /** Rejects with `revision-conflict` when the account has a newer revision than the request is based on. */
  replaceInstallation(id: AppKey, request: ReplaceInstallationRequest): Promise<InstallationAnswer> {
    const url = `/api/installations/${encodeURIComponent(id)}`;
    return firstValueFrom(this.http.put<InstallationAnswer>(url, request));
  }

  /** Uninstalls; `revision` as in {@link replaceInstallation}. */
  async removeInstallation(id: AppKey, revision: string | null): Promise<void> {
    const url = `/api/installations/${encodeURIComponent(id)}`;
    const params = revision === null ? {} : { revision };
    await firstValueFrom(this.http.delete(url, { params }));
  }

  updateWebhooks(id: AppKey, request: UpdateWebhooksRequest): Promise<InstallationAnswer> {
    const url = `/api/installations/${encodeURIComponent(id)}/webhooks`;
    return firstValueFrom(this.http.put<InstallationAnswer>(url, request));
  }

  /** Tries each of the app's endpoints; takes as long as the slowest of them. */
  checkEndpoints(id: AppKey): Promise<EndpointCheckAnswer> {
    return this.post(`/api/installations/${encodeURIComponent(id)}/check`, {});
  }

  revealSecret(id: AppKey): Promise<InstallationSecret> {
    return this.post(`/api/installations/${encodeURIComponent(id)}/secret`, {});
  }

  conversations(app: AppKey): Promise<ConversationList> {
    return this.get(`/api/conversations?app=${encodeURIComponent(app)}`);
  }

  openConversation(request: OpenConversationRequest): Promise<ConversationView> {
    return this.post('/api/conversations', request);
  }

  /** What the cloud's history has of a conversation, also of one that this server did not open. */
  conversationHistory(id: ConversationId): Promise<ConversationHistory> {
    return this.get(this.conversation(id, 'history'));
  }

  /** How long the tokens last that the bridge speaks with. */
  conversationTokens(id: ConversationId): Promise<ConversationTokens> {
    return this.get(this.conversation(id, 'tokens'));
  }

  sendMessage(id: ConversationId, request: SendMessageRequest): Promise<SendMessageAnswer> {
    return this.post(this.conversation(id, 'messages'), request);
  }

  /** Publishes an event as it is; see {@link PublishEventRequest}. */
  publishEvent(id: ConversationId, request: PublishEventRequest): Promise<PublishEventAnswer> {
    return this.post(this.conversation(id, 'events'), request);
  }

  /** Says a state by hand; rejects when the cloud refuses it. */
  async sendChatState(id: ConversationId, request: ChatStateRequest): Promise<void> {
    await this.post(this.conversation(id, 'chat-state'), request);
  }

  /**
   * Tells by itself what the person does; that the cloud refuses it is an outcome.
   *
   * @param options With `isLast` the call outlives the page that makes it.
   */
  tellChatState(
    id: ConversationId,
    request: ChatStateRequest,
    { isLast: keepalive = false }: { readonly isLast?: boolean } = {},
  ): Promise<AutomaticChatStateAnswer> {
    const url = this.conversation(id, 'automatic-chat-state');
    return firstValueFrom(this.http.post<AutomaticChatStateAnswer>(url, request, { keepalive }));
  }

  async sendAcceptStatus(id: ConversationId, request: AcceptStatusRequest): Promise<void> {
    await this.post(this.conversation(id, 'accept-status'), request);
  }

  /** Tells by itself what is owed, once for all browsers of the person. */
  tellReceipt(id: ConversationId, request: ReceiptRequest): Promise<ReceiptAnswer> {
    return this.post(this.conversation(id, 'receipts'), request);
  }

  async closeConversation(id: ConversationId, request: CloseConversationRequest): Promise<void> {
    await this.post(this.conversation(id, 'close'), request);
  }

  private conversation(id: ConversationId, action: string): string {
    return `/api/conversations/${encodeURIComponent(id)}/${action}`;
  }

  private get<Answer>(url: string): Promise<Answer> {
    return firstValueFrom(this.http.get<Answer>(url));
  }

  private post<Answer>(url: string, body: unknown): Promise<Answer> {
    return firstValueFrom(this.http.post<Answer>(url, body));
  }
}
