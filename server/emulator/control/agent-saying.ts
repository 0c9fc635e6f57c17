import * as v from 'valibot';

import { ACCEPT_STATUSES, CHAT_STATES } from '#protocol/connector/events';
import type { MessagingEvent } from '#protocol/connector/events';

import { jsonObject } from '../json-object.ts';

const text = v.pipe(v.string(), v.minLength(1), v.maxLength(100_000));

/** What an agent may be made to say: exactly one of `text`, `richContent`, `file`, `chatState`, `acceptStatus`. */
export const sayingSchema = v.pipe(
  v.strictObject({
    /** Login name or id of who speaks. Left out: the agent that owns the conversation. */
    agent: v.exactOptional(v.string()),
    dialogId: v.exactOptional(v.string()),
    text: v.exactOptional(text),
    richContent: v.exactOptional(jsonObject({ type: v.string() })),
    /** Beside a text or rich content. */
    quickReplies: v.exactOptional(jsonObject({})),
    file: v.exactOptional(
      v.strictObject({
        caption: v.exactOptional(v.string()),
        relativePath: v.pipe(v.string(), v.startsWith('/')),
        fileType: v.string(),
        preview: v.exactOptional(v.string()),
      }),
    ),
    chatState: v.exactOptional(v.picklist(CHAT_STATES)),
    acceptStatus: v.exactOptional(v.picklist(ACCEPT_STATUSES)),
    /** Messages that are accepted. Left out: all that the consumer has written in the dialog. */
    sequences: v.exactOptional(
      v.pipe(v.array(v.pipe(v.number(), v.integer(), v.minValue(0))), v.minLength(1)),
    ),
    /** For agents and managers only. */
    isPrivate: v.optional(v.boolean(), false),
    metadata: v.exactOptional(v.array(jsonObject({}))),
  }),
  v.check(
    (saying) => KINDS.filter((kind) => saying[kind] !== undefined).length === 1,
    'Say exactly one of text, richContent, file, chatState, acceptStatus',
  ),
);

const KINDS = ['text', 'richContent', 'file', 'chatState', 'acceptStatus'] as const;

export type AgentSaying = v.InferOutput<typeof sayingSchema>;

/**
 * The event that is published.
 *
 * @param consumerSequences What the consumer has written in the dialog.
 * @see PROTOCOL.md §6.3
 */
export function eventOf(saying: AgentSaying, consumerSequences: readonly number[]): MessagingEvent | null {
  const { text: message, richContent, file, chatState, acceptStatus, sequences = consumerSequences } = saying;
  const quickReplies = saying.quickReplies && { quickReplies: saying.quickReplies };
  if (message !== undefined)
    return { type: 'ContentEvent', message, contentType: 'text/plain', ...quickReplies };
  if (file) return { type: 'ContentEvent', message: file, contentType: 'hosted/file' };
  if (richContent) return { type: 'RichContentEvent', content: richContent, ...quickReplies };
  if (chatState) return { type: 'ChatStateEvent', chatState };
  const isNothing = acceptStatus === undefined || sequences.length === 0;
  return isNothing ? null : { type: 'AcceptStatusEvent', status: acceptStatus, sequenceList: sequences };
}
