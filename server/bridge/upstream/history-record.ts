import * as v from 'valibot';

/** What is missing or has another form counts as not told: history must never hide a conversation. */
const told = <Output>(schema: v.GenericSchema<unknown, Output>) => v.fallback(v.optional(schema), undefined);
const listOf = <Output>(schema: v.GenericSchema<unknown, Output>) =>
  v.fallback(v.array(v.fallback(v.nullable(schema), null)), []);

const text = told(v.string());
const number = told(v.number());
const loose = told(v.looseObject({}));
const sequence = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const messageSchema = v.looseObject({
  type: v.string(),
  messageData: v.fallback(
    v.looseObject({
      msg: told(v.looseObject({ text })),
      file: loose,
      richContent: told(v.looseObject({ content: v.unknown() })),
      quickReplies: told(v.looseObject({ content: v.unknown() })),
    }),
    {},
  ),
  seq: sequence,
  dialogId: text,
  participantId: text,
  timeL: number,
  sentBy: text,
  audience: text,
  contextData: told(v.looseObject({ rawMetadata: v.unknown() })),
});

const statusSchema = v.looseObject({
  seq: sequence,
  dialogId: text,
  participantId: text,
  participantType: text,
  messageDeliveryStatus: v.string(),
  timeL: number,
});

const agentSchema = v.looseObject({
  agentId: v.string(),
  permission: text,
  dialogId: text,
});

const consumerSchema = v.looseObject({
  participantId: v.string(),
  firstName: text,
  consumerName: text,
});

const dialogSchema = v.looseObject({
  dialogId: v.string(),
  dialogType: v.fallback(v.string(), 'MAIN'),
  status: text,
  startTimeL: number,
  endTimeL: number,
  closeReason: text,
});

/** One conversation as history tells it; entries of a list that cannot be read are `null`. @see PROTOCOL.md §9.2 */
export const historyRecordSchema = v.looseObject({
  info: v.looseObject({
    conversationId: v.string(),
    startTimeL: number,
    endTimeL: number,
    latestSkillId: told(v.union([v.number(), v.string()])),
    closeReason: text,
    status: text,
    fullDialogStatus: text,
    isPartial: told(v.boolean()),
  }),
  messageRecords: listOf(messageSchema),
  messageStatuses: listOf(statusSchema),
  agentParticipants: listOf(agentSchema),
  consumerParticipants: listOf(consumerSchema),
  dialogs: listOf(dialogSchema),
});

/** @see PROTOCOL.md §9.2 */
export const historyAnswerSchema = v.looseObject({
  conversationHistoryRecords: v.array(historyRecordSchema),
});

export type HistoryRecord = v.InferOutput<typeof historyRecordSchema>;
export type HistoryMessage = v.InferOutput<typeof messageSchema>;
export type HistoryStatus = v.InferOutput<typeof statusSchema>;
