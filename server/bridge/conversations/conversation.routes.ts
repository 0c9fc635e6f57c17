import { Router } from 'express';

import type {
  AutomaticChatStateAnswer,
  ConversationList,
  ConversationTokens,
  SendMessageRequest,
  ReceiptAnswer,
} from '#protocol/bridge-api';
import { asAppKey } from '#protocol/identifiers';

import { queryParameter } from '../http/parameters.ts';
import { parseBody } from '../http/parse-body.ts';
import { requestIdOf } from '../http/request-id.ts';
import { contentEvent } from './connector-requests.ts';
import type { ConsumerEvents } from './consumer-events.ts';
import {
  acceptStatusSchema,
  chatStateSchema,
  closeConversationSchema,
  openConversationSchema,
  publishEventSchema,
  receiptSchema,
  sendMessageSchema,
} from './conversation-schema.ts';
import { subjectOf, type SubjectDeps } from './conversation-subject.ts';
import { requireFit } from './message-length.ts';
import type { Messages, OutgoingMessage } from './messages.ts';
import { outcomeOf } from './outcome-of.ts';
import type { RawEvents } from './raw-events.ts';
import type { Receipts } from './receipts.ts';
import type { SendLimit } from './send-limit.ts';
import type { TokenTimes } from './token-times.ts';

export interface ConversationRoutesDeps extends SubjectDeps {
  readonly messages: Messages;
  readonly consumerEvents: ConsumerEvents;
  readonly rawEvents: RawEvents;
  readonly receipts: Receipts;
  readonly tokenTimes: TokenTimes;
  readonly sends: SendLimit;
}

export function conversationRoutes(deps: ConversationRoutesDeps): Router {
  const router = Router();
  addConversationRoutes(router, deps);
  addMessageRoutes(router, deps);
  addConsumerEventRoutes(router, deps);
  return router;
}

function addConversationRoutes(router: Router, deps: ConversationRoutesDeps): void {
  const { browser, conversations, consumerEvents, tokenTimes, sends } = deps;

  router.get('/conversations', (request, response) => {
    const session = browser.require(request);
    const app = queryParameter(request, 'app');
    const list = conversations.list(session, app === null ? null : asAppKey(app));
    response.json({ conversations: list } satisfies ConversationList);
  });

  router.post('/conversations', async (request, response) => {
    const session = browser.require(request);
    const opening = parseBody(request, openConversationSchema);
    response.status(201).json(await conversations.open(session, opening));
  });

  router.get('/conversations/:id', (request, response) => {
    response.json(subjectOf(request, deps).conversation);
  });

  router.get('/conversations/:id/tokens', (request, response) => {
    const { session, conversation } = subjectOf(request, deps);
    response.json(tokenTimes.of(session, conversation) satisfies ConversationTokens);
  });

  router.post('/conversations/:id/close', async (request, response) => {
    const { session, conversation } = subjectOf(request, deps);
    const closing = parseBody(request, closeConversationSchema);
    await sends.run(conversation, () => consumerEvents.close(session, conversation, closing));
    response.status(204).end();
  });
}

function addMessageRoutes(router: Router, deps: ConversationRoutesDeps): void {
  const { messages, rawEvents, sends } = deps;

  router.post('/conversations/:id/messages', async (request, response) => {
    const subject = subjectOf(request, deps);
    const asked = parseBody(request, sendMessageSchema);
    requireFit(subject.conversation.conversationId, asked);
    const sending = { ...subject, message: outgoing(asked), requestId: requestIdOf(response) };
    response.status(201).json(await sends.run(subject.conversation, () => messages.send(sending)));
  });

  router.post('/conversations/:id/events', async (request, response) => {
    const subject = subjectOf(request, deps);
    const message = parseBody(request, publishEventSchema);
    const sending = { ...subject, message, requestId: requestIdOf(response) };
    response.status(201).json(await sends.run(subject.conversation, () => rawEvents.publish(sending)));
  });
}

function addConsumerEventRoutes(router: Router, deps: ConversationRoutesDeps): void {
  const { consumerEvents, receipts, sends } = deps;

  router.post('/conversations/:id/chat-state', async (request, response) => {
    const { session, conversation } = subjectOf(request, deps);
    const state = parseBody(request, chatStateSchema);
    await sends.run(conversation, () => consumerEvents.sendChatState(session, conversation, state));
    response.status(204).end();
  });

  router.post('/conversations/:id/automatic-chat-state', async (request, response) => {
    const { session, conversation } = subjectOf(request, deps);
    const state = parseBody(request, chatStateSchema);
    const sending = sends.run(conversation, () => consumerEvents.sendChatState(session, conversation, state));
    const outcome = await outcomeOf(sending);
    response.json({ outcome } satisfies AutomaticChatStateAnswer);
  });

  router.post('/conversations/:id/accept-status', async (request, response) => {
    const { session, conversation } = subjectOf(request, deps);
    const status = parseBody(request, acceptStatusSchema);
    await sends.run(conversation, () => consumerEvents.sendAcceptStatus(session, conversation, status));
    response.status(204).end();
  });

  router.post('/conversations/:id/receipts', async (request, response) => {
    const { session, conversation } = subjectOf(request, deps);
    const receipt = parseBody(request, receiptSchema);
    const answer = await sends.run(conversation, () => receipts.tell(session, conversation, receipt));
    response.json(answer satisfies ReceiptAnswer);
  });
}

const outgoing = ({ content, ...message }: SendMessageRequest): OutgoingMessage => ({
  ...message,
  event: contentEvent(content),
});
