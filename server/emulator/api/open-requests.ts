import { randomUUID } from 'node:crypto';

import * as v from 'valibot';

import { asConversationId } from '#protocol/identifiers';

import { jsonObject } from '../json-object.ts';
import type { Account } from '../state/account-state.ts';
import type { TimeToRespond } from '../state/conversation-state.ts';
import type { ConnectorCaller } from './connector-gateway.ts';
import { badResult, connectorRequestSchema, okResult, requestIdOf } from './connector-request.ts';
import type { ConnectorRequest, RequestResult } from './connector-request.ts';
import { answerPublish } from './publish-request.ts';
import { gatewayRefusal } from './upstream-error.ts';

const words = v.nullish(v.string());
/** Ids are sent as text or as number. @see PROTOCOL.md §6.2.2 */
const idText = v.pipe(
  v.union([v.string(), v.number()]),
  v.transform((id) => String(id)),
);

/** @see PROTOCOL.md §6.2.1 */
const profileSchema = jsonObject({
  firstName: words,
  lastName: words,
  userId: words,
  avatarUrl: words,
  role: words,
  backgndImgUri: words,
  description: words,
  privateData: v.nullish(jsonObject({})),
  authenticatedData: v.nullish(jsonObject({ lp_sdes: v.nullish(v.array(jsonObject({ type: v.string() }))) })),
});

/** @see PROTOCOL.md §6.2.2 */
const conversationSchema = v.object({
  brandId: v.pipe(v.string(), v.minLength(1)),
  skillId: v.optional(v.pipe(idText, v.regex(/^(-1|\d{1,10})$/)), '-1'),
  channelType: v.optional(v.literal('MESSAGING')),
  ttrDefName: v.nullish(v.picklist(['NORMAL', 'URGENT', 'PRIORITIZED', 'CUSTOM'])),
  campaignInfo: v.nullish(v.object({ campaignId: idText, engagementId: idText })),
  conversationContext: v.nullish(jsonObject({})),
});

const DEFAULT_TTR: TimeToRespond = { ttrType: 'PRIORITIZED', value: 600 };
/** Seconds; the samples show the first and the last. @see PROTOCOL.md §11.6 */
const TTR_SECONDS = { PRIORITIZED: 600, URGENT: 300, CUSTOM: 1200, NORMAL: 1200 } as const;

/**
 * Carries out the requests of an opening call, in their order. Each has a result of its own.
 *
 * @see PROTOCOL.md §6.2
 */
export function answerOpening(
  account: Account,
  caller: ConnectorCaller,
  requests: readonly unknown[],
): readonly RequestResult[] {
  return requests.map((value) => {
    const request = v.safeParse(connectorRequestSchema, value);
    return request.success ? answerOne(account, caller, request.output) : badResult(requestIdOf(value));
  });
}

function answerOne(account: Account, caller: ConnectorCaller, request: ConnectorRequest): RequestResult {
  switch (request.type) {
    case 'userprofile.SetUserProfile':
      return answerProfile(account, caller, request);
    case 'cm.ConsumerRequestConversation':
      return answerConversation(account, caller, request);
    case 'ms.PublishEvent':
      return answerFirstMessage(account, caller, request);
    default:
      return badResult(request.id);
  }
}

/**
 * An old page allows to publish within the opening call. Judged: where no dialog is named, the one that was just opened is
 * meant, for its id cannot be known before. @see PROTOCOL.md §6.1
 */
function answerFirstMessage(
  account: Account,
  caller: ConnectorCaller,
  request: ConnectorRequest,
): RequestResult {
  const opened = account.conversations.openOf(caller.consumerId);
  if (!opened) return badResult(request.id);
  return answerPublish(account, caller, { ...request, body: { dialogId: opened.id, ...request.body } });
}

/** @see PROTOCOL.md §6.2.1 */
export function answerProfile(
  account: Account,
  { consumerId }: ConnectorCaller,
  { id, body }: ConnectorRequest,
): RequestResult {
  const profile = v.safeParse(profileSchema, body);
  if (!profile.success) return badResult(id);
  account.profiles.set(consumerId, profile.output);
  return okResult(id, { msg: 'OK User Profile set successfully' });
}

function answerConversation(
  account: Account,
  { consumerId, features, clientProperties }: ConnectorCaller,
  { id, body }: ConnectorRequest,
): RequestResult {
  if (body['brandId'] === undefined || body['brandId'] === '') throw gatewayRefusal(40001, id);
  const wanted = v.safeParse(conversationSchema, body);
  if (!wanted.success || wanted.output.brandId !== account.id) return badResult(id);
  const { skillId, ttrDefName, campaignInfo, conversationContext } = wanted.output;
  const conversation = account.conversations.open({
    id: asConversationId(randomUUID()),
    account: account.id,
    consumerId,
    skillId,
    campaign: campaignInfo ?? null,
    context: contextWith(conversationContext ?? null, clientProperties),
    features,
    ttr: ttrDefName ? { ttrType: ttrDefName, value: TTR_SECONDS[ttrDefName] } : DEFAULT_TTR,
  });
  if (!conversation) return badResult(id, alreadyOpen(consumerId));
  return okResult(id, { conversationId: conversation.id });
}

type Members = Readonly<Record<string, unknown>>;

/** What the cloud keeps as context: the request's, with what the client said about itself. @see PROTOCOL.md §11.6 */
function contextWith(context: Members | null, clientProperties: Members | null): Members | null {
  return clientProperties ? { ...context, clientProperties } : context;
}

/** The cloud's own words. @see PROTOCOL.md §6.2 */
const alreadyOpen = (consumer: string): string =>
  `Consumer request conversation failed: User ${consumer} already has open conversation. Can't open another one.`;
