import * as v from 'valibot';

import { ACCEPT_STATUSES, CHAT_STATES } from '#protocol/connector/events';
import { asConversationId, asDialogId } from '#protocol/identifiers';

import { jsonObject } from '../json-object.ts';
import type { Account } from '../state/account-state.ts';
import { RARE_STATUSES } from '../state/conversation-commands.ts';
import type { ConnectorCaller } from './connector-gateway.ts';
import { badResult, okResult } from './connector-request.ts';
import type { ConnectorRequest, RequestResult } from './connector-request.ts';
import { ownConversation } from './own-conversation.ts';
import { quickRepliesSchema, richContentSchema } from './rich-content-schema.ts';

/** 30 KB in base64, and the head of a data URL. @see PROTOCOL.md §6.3.2 */
const LONGEST_PREVIEW = 41_000;

const quickReplies = v.exactOptional(quickRepliesSchema);

/** @see PROTOCOL.md §6.3.1 */
const textSchema = jsonObject({
  type: v.literal('ContentEvent'),
  contentType: v.literal('text/plain'),
  message: v.pipe(v.string(), v.minLength(1)),
  quickReplies,
});

/** @see PROTOCOL.md §6.3.2 */
const hostedFileSchema = v.object({
  type: v.literal('ContentEvent'),
  contentType: v.literal('hosted/file'),
  message: v.object({
    caption: v.string(),
    relativePath: v.pipe(v.string(), v.startsWith('/')),
    fileType: v.picklist(['JPG', 'JPEG', 'PNG', 'GIF']),
    preview: v.optional(v.pipe(v.string(), v.maxLength(LONGEST_PREVIEW))),
  }),
});

/**
 * External files, secure forms and whatever comes: their content types are not spelled out on any public page. Judged: a
 * media type that is none of the two known goes through as it is, and clients show it as not supported.
 *
 * @see PROTOCOL.md §8.4.6
 */
const otherContentSchema = jsonObject({
  type: v.literal('ContentEvent'),
  contentType: v.pipe(
    v.string(),
    v.regex(/^[a-z0-9][\w.+-]{0,62}\/[\w.+-]{1,63}$/),
    v.check((type) => type !== 'text/plain' && type !== 'hosted/file', 'has a form of its own'),
  ),
  message: v.union([v.pipe(v.string(), v.minLength(1)), jsonObject({})]),
});

/** @see PROTOCOL.md §6.3.3 */
const richSchema = jsonObject({
  type: v.literal('RichContentEvent'),
  content: richContentSchema,
  quickReplies,
});

/** @see PROTOCOL.md §6.3.4 */
const chatStateSchema = v.object({ type: v.literal('ChatStateEvent'), chatState: v.picklist(CHAT_STATES) });

/** @see PROTOCOL.md §6.3.5 */
const acceptStatusSchema = v.object({
  type: v.literal('AcceptStatusEvent'),
  status: v.picklist([...ACCEPT_STATUSES, ...RARE_STATUSES]),
  sequenceList: v.pipe(v.array(v.pipe(v.number(), v.integer(), v.minValue(0))), v.minLength(1)),
});

const publishSchema = v.object({
  dialogId: v.pipe(v.string(), v.minLength(1)),
  conversationId: v.optional(v.string()),
  event: v.union([
    textSchema,
    hostedFileSchema,
    otherContentSchema,
    richSchema,
    chatStateSchema,
    acceptStatusSchema,
  ]),
  messageAudience: v.optional(v.picklist(['ALL', 'AGENTS_AND_MANAGERS']), 'ALL'),
});

/** Publishes an event of the consumer. @see PROTOCOL.md §6.3 */
export function answerPublish(
  account: Account,
  caller: ConnectorCaller,
  { id, body, metadata }: ConnectorRequest,
): RequestResult {
  const publish = v.safeParse(publishSchema, body);
  if (!publish.success) return badResult(id);
  const { dialogId, conversationId = dialogId, event, messageAudience } = publish.output;
  const conversation = ownConversation(account, caller, asConversationId(conversationId));
  if (!conversation) return badResult(id);
  const decision = account.conversations.execute(conversation.id, {
    type: 'publish',
    by: caller.consumerId,
    dialogId: asDialogId(dialogId),
    event,
    audience: messageAudience,
    ...(metadata && { metadata }),
  });
  return decision.outcome === 'accepted' ? okResult(id, { sequence: decision.sequence }) : badResult(id);
}

const contentTypeSchema = v.object({
  event: v.object({ type: v.literal('ContentEvent'), contentType: v.string() }),
});

/** Whether the request carries a file, to which the size rule of requests does not apply. @see PROTOCOL.md §14.1 #20 */
export function isHostedFile({ body }: ConnectorRequest): boolean {
  const content = v.safeParse(contentTypeSchema, body);
  return content.success && content.output.event.contentType === 'hosted/file';
}
