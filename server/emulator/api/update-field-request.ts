import * as v from 'valibot';

import { asConversationId, asDialogId } from '#protocol/identifiers';

import type { Account } from '../state/account-state.ts';
import type { ConversationCommand } from '../state/conversation-commands.ts';
import type { ConnectorCaller } from './connector-gateway.ts';
import { badResult, okResult } from './connector-request.ts';
import type { ConnectorRequest, RequestResult } from './connector-request.ts';
import { ownConversation } from './own-conversation.ts';

const CLOSES = v.literal('CLOSE');

/** Fields that a consumer may change; skill and participants are the agents'. @see PROTOCOL.md §6.4 */
const fieldSchema = v.variant('field', [
  v.object({ field: v.literal('ConversationStateField'), conversationState: CLOSES }),
  v.object({ field: v.literal('Stage'), conversationState: CLOSES }),
  v.object({
    field: v.literal('DialogChange'),
    type: v.literal('UPDATE'),
    dialog: v.object({ dialogId: v.string(), state: CLOSES, closedCause: v.nullish(v.string()) }),
  }),
  v.object({
    field: v.literal('CSATRate'),
    csatRate: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(5)),
    csatResolutionConfirmation: v.optional(v.boolean()),
    status: v.picklist(['FILLED', 'PARTIALLY_FILLED', 'SKIPPED']),
  }),
  v.object({
    field: v.literal('TTRField'),
    ttrType: v.picklist(['NORMAL', 'URGENT', 'PRIORITIZED', 'CUSTOM']),
    value: v.pipe(v.number(), v.integer(), v.minValue(1)),
  }),
]);

type Field = v.InferOutput<typeof fieldSchema>;

/** One field may be written without its array. @see PROTOCOL.md §6.4, §14.1 #14 */
const updateSchema = v.object({
  conversationId: v.string(),
  conversationField: v.union([
    v.pipe(v.array(fieldSchema), v.minLength(1)),
    v.pipe(
      fieldSchema,
      v.transform((field) => [field]),
    ),
  ]),
});

/** Changes a conversation on behalf of its consumer: closes it, rates it, makes it urgent. @see PROTOCOL.md §6.4 */
export function answerUpdateField(
  account: Account,
  caller: ConnectorCaller,
  { id, body }: ConnectorRequest,
): RequestResult {
  const update = v.safeParse(updateSchema, body);
  if (!update.success) return badResult(id);
  const conversation = ownConversation(account, caller, asConversationId(update.output.conversationId));
  if (!conversation) return badResult(id);
  const commands = commandsFor(update.output.conversationField);
  for (const [index, command] of commands.entries()) {
    const decision = account.conversations.execute(conversation.id, command);
    // What an earlier field of the same request has closed needs no closing.
    const isDone = index > 0 && decision.outcome === 'refused' && isClosing(command);
    if (decision.outcome !== 'accepted' && !isDone) return badResult(id);
  }
  const done = commands.some(isClosing) ? 'resolved' : 'updated';
  return okResult(id, { msg: `OK Conversation ${done} successfully` });
}

const isClosing = ({ type }: ConversationCommand): boolean => type === 'close' || type === 'close-dialog';

/** A request that also closes everything skips the survey. @see PROTOCOL.md §6.4 */
function commandsFor(fields: readonly Field[]): readonly ConversationCommand[] {
  const commands = fields.map(toCommand);
  const isAllClosed = commands.some(({ type }) => type === 'close');
  return commands.map((command) =>
    isAllClosed && command.type === 'close-dialog' ? { ...command, survey: null } : command,
  );
}

function toCommand(field: Field): ConversationCommand {
  switch (field.field) {
    case 'ConversationStateField':
    case 'Stage':
      return { type: 'close', by: 'CONSUMER' };
    case 'DialogChange': {
      const { dialogId, closedCause } = field.dialog;
      return {
        type: 'close-dialog',
        dialogId: asDialogId(dialogId),
        by: 'CONSUMER',
        cause: closedCause ?? null,
      };
    }
    case 'CSATRate': {
      const { csatRate, status, csatResolutionConfirmation } = field;
      const confirmation = csatResolutionConfirmation !== undefined && { csatResolutionConfirmation };
      return { type: 'rate', csat: { csatRate, status, ...confirmation } };
    }
    case 'TTRField':
      return { type: 'change-ttr', ttr: { ttrType: field.ttrType, value: field.value } };
    default:
      return field satisfies never;
  }
}
