import * as v from 'valibot';

import type {
  AcceptStatusRequest,
  ChatStateRequest,
  CloseConversationRequest,
  OpenConversationRequest,
  PublishEventRequest,
  ReceiptRequest,
  SendMessageRequest,
} from '#protocol/bridge-api';
import { MAX_EVENT_CHARACTERS, MAX_RECEIPT_SEQUENCES } from '#protocol/bridge-api';
import { CLIENT_FEATURES, URGENCIES } from '#protocol/connector/envelope';
import { ACCEPT_STATUSES, CHAT_STATES } from '#protocol/connector/events';
import { asAppKey, asDialogId } from '#protocol/identifiers';

const text = (max: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(max));
const appKey = v.pipe(text(128), v.transform(asAppKey));
const dialogId = v.pipe(text(128), v.transform(asDialogId));

/** Checked, and given on as it came: what a schema builds anew lacks members named `__proto__` or `constructor`. */
const asItCame = <Output>(schema: v.GenericSchema<Output>, message: string) =>
  v.pipe(
    v.unknown(),
    v.rawTransform<unknown, Output>(({ dataset: { value }, addIssue, NEVER }) => {
      if (v.is(schema, value)) return value;
      for (const { path } of v.safeParse(schema, value).issues ?? [])
        addIssue({ message, ...(path && { path }) });
      return NEVER;
    }),
  );

const object = v.custom<Record<string, unknown>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
);
const record = asItCame(object, 'This must be an object.');
const metadata = v.pipe(v.array(record), v.maxLength(50));

const optionsSchema = v.strictObject({
  features: v.pipe(v.array(v.picklist(CLIENT_FEATURES)), v.maxLength(CLIENT_FEATURES.length)),
  skillId: v.nullable(v.pipe(v.string(), v.regex(/^-?\d{1,10}$/, 'A skill id has up to ten digits.'))),
  campaign: v.nullable(v.strictObject({ campaignId: text(64), engagementId: text(64) })),
  urgency: v.nullable(v.picklist(URGENCIES)),
  language: v.pipe(v.string(), v.maxLength(35)),
  contextType: v.nullable(text(64)),
  engagementAttributes: v.pipe(v.array(record), v.maxLength(50)),
});

/** @see PROTOCOL.md §6.2 */
export const openConversationSchema = v.strictObject({
  appKey,
  consumer: v.strictObject({ name: text(128), externalId: v.exactOptional(text(256)) }),
  options: optionsSchema,
}) satisfies v.GenericSchema<unknown, OpenConversationRequest>;

const hostedFile = v.strictObject({
  caption: v.exactOptional(v.pipe(v.string(), v.maxLength(1024))),
  relativePath: text(1024),
  fileType: text(16),
  preview: v.exactOptional(v.pipe(v.string(), v.maxLength(60_000))),
});

const clientMessageId = v.pipe(
  v.string(),
  v.regex(/^[\w-]{1,64}$/, 'An id has up to 64 letters, digits, _ and -.'),
);

/** How long a text may be depends on what goes around it, see `requireFit`. */
export const sendMessageSchema = v.strictObject({
  clientMessageId,
  dialogId,
  content: v.variant('type', [
    v.strictObject({ type: v.literal('text'), text: v.pipe(v.string(), v.minLength(1)) }),
    v.strictObject({ type: v.literal('file'), file: hostedFile }),
  ]),
  metadata: v.exactOptional(metadata),
  replaces: v.exactOptional(clientMessageId),
}) satisfies v.GenericSchema<unknown, SendMessageRequest>;

const rawEvent = v.pipe(
  asItCame(v.looseObject({ type: text(64) }), 'An event is an object with a type of up to 64 characters.'),
  v.check(
    (event) => JSON.stringify(event).length <= MAX_EVENT_CHARACTERS,
    `An event has up to ${MAX_EVENT_CHARACTERS} characters.`,
  ),
);

/** Strict around the event; the event itself goes on as it is, for the cloud to judge. */
export const publishEventSchema = v.strictObject({
  clientMessageId,
  dialogId,
  event: rawEvent,
  metadata: v.exactOptional(metadata),
}) satisfies v.GenericSchema<unknown, PublishEventRequest>;

export const chatStateSchema = v.strictObject({
  dialogId,
  chatState: v.picklist(CHAT_STATES),
}) satisfies v.GenericSchema<unknown, ChatStateRequest>;

const messageSequence = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const sequenceList = v.pipe(v.array(messageSequence), v.minLength(1), v.maxLength(MAX_RECEIPT_SEQUENCES));

export const acceptStatusSchema = v.strictObject({
  dialogId,
  status: v.picklist(ACCEPT_STATUSES),
  sequenceList,
  metadata: v.exactOptional(metadata),
}) satisfies v.GenericSchema<unknown, AcceptStatusRequest>;

export const receiptSchema = v.strictObject({
  dialogId,
  status: v.picklist(['ACCEPT', 'READ']),
  sequenceList,
}) satisfies v.GenericSchema<unknown, ReceiptRequest>;

export const closeConversationSchema = v.strictObject({
  mode: v.picklist(['close', 'survey']),
}) satisfies v.GenericSchema<unknown, CloseConversationRequest>;
