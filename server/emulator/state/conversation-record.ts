import type { Metadata } from '#protocol/connector/events';
import type { ConversationId, DialogId } from '#protocol/identifiers';
import type { MessageChange } from '#protocol/webhook-notification';

import { assignedAgentOf } from './conversation-state.ts';
import type { ConversationState, Participant } from './conversation-state.ts';
import type { Occurrence } from './conversations.ts';

/** A message somebody wrote. */
export interface RecordedMessage {
  readonly dialogId: DialogId;
  readonly sequence: number;
  readonly at: number;
  readonly by: string;
  readonly isByConsumer: boolean;
  readonly event: MessageChange['event'];
  readonly audience: string;
  readonly metadata: Metadata | null;
}

/** What became of one message at one participant. */
export interface RecordedStatus {
  readonly dialogId: DialogId;
  /** Of the message. */
  readonly sequence: number;
  readonly at: number;
  readonly by: string;
  readonly isByConsumer: boolean;
  readonly status: string;
}

/** Somebody in one role in one dialog, from when to when. */
export interface Attendance {
  readonly dialogId: DialogId;
  readonly participant: Participant;
  readonly joinedAt: number;
  /** `null`: still there. */
  readonly leftAt: number | null;
}

/** Another skill took over. */
export interface RecordedTransfer {
  readonly at: number;
  readonly fromSkillId: string;
  readonly toSkillId: string;
  /** Who had the conversation; `null`: nobody. */
  readonly fromAgent: string | null;
}

/** Everything that history keeps of one conversation. Plain data: it can be written to a file and read back. */
export interface ConversationRecord {
  readonly id: ConversationId;
  conversation: ConversationState;
  /** When anything last happened in it. */
  updatedAt: number;
  /** Whether the consumer had none before. */
  readonly isFirst: boolean;
  /** Whether early messages are missing, forgotten for lack of room. */
  isPartial: boolean;
  readonly messages: RecordedMessage[];
  readonly statuses: RecordedStatus[];
  attendances: readonly Attendance[];
  readonly transfers: RecordedTransfer[];
}

/** A record that begins with this occurrence; with any but the opening, it lacks what was before. */
export function newRecord({ conversation, command }: Occurrence, isFirst: boolean): ConversationRecord {
  return {
    id: conversation.id,
    conversation,
    updatedAt: conversation.changedAt,
    isFirst,
    isPartial: command !== null,
    messages: [],
    statuses: [],
    attendances: attendancesAfter([], conversation),
    transfers: [],
  };
}

/**
 * Adds what happened. Who came and went is read from the states before and after, so that every command that moves
 * people is covered.
 */
export function recordOccurrence(
  record: ConversationRecord,
  { conversation, notifications }: Occurrence,
): void {
  const before = record.conversation;
  record.conversation = conversation;
  record.updatedAt = Math.max(record.updatedAt, conversation.changedAt);
  if (before.dialogs !== conversation.dialogs)
    record.attendances = attendancesAfter(record.attendances, conversation);
  if (before.skillId !== conversation.skillId) record.transfers.push(transferBetween(before, conversation));
  for (const { eventType, change } of notifications) {
    if (eventType !== 'cqm.ExConversationChangeNotification') recordChange(record, change);
  }
}

function recordChange(record: ConversationRecord, change: MessageChange): void {
  const { sequence, serverTimestamp: at, event, dialogId, originatorId: by } = change;
  // Chat states have neither, and are not kept.
  if (sequence === undefined || at === undefined) return;
  record.updatedAt = Math.max(record.updatedAt, at);
  const from = { dialogId, at, by, isByConsumer: change.originatorMetadata?.role === 'CONSUMER' };
  if (event.type === 'AcceptStatusEvent') {
    const status = String(event['status']);
    for (const accepted of sequencesOf(event)) record.statuses.push({ ...from, sequence: accepted, status });
  } else {
    const { messageAudience: audience = 'ALL', metadata = null } = change;
    record.messages.push({ ...from, sequence, event, audience, metadata });
  }
}

function sequencesOf({ sequenceList }: MessageChange['event']): readonly number[] {
  return Array.isArray(sequenceList) ? sequenceList.filter((sequence) => typeof sequence === 'number') : [];
}

const transferBetween = (before: ConversationState, after: ConversationState): RecordedTransfer => ({
  at: after.changedAt,
  fromSkillId: before.skillId,
  toSkillId: after.skillId,
  fromAgent: assignedAgentOf(before)?.id ?? null,
});

/** A change of role is a leaving and a coming. */
function attendancesAfter(
  known: readonly Attendance[],
  { dialogs, changedAt }: ConversationState,
): readonly Attendance[] {
  const present = dialogs.flatMap((dialog) =>
    dialog.participants.map((participant) => ({ dialogId: dialog.id, participant })),
  );
  const isSame = (one: Pick<Attendance, 'dialogId' | 'participant'>, other: typeof one): boolean =>
    one.dialogId === other.dialogId &&
    one.participant.id === other.participant.id &&
    one.participant.role === other.participant.role;
  const isThere = (attendance: Attendance): boolean => present.some((each) => isSame(each, attendance));
  const continued = known.map((attendance) =>
    attendance.leftAt !== null || isThere(attendance) ? attendance : { ...attendance, leftAt: changedAt },
  );
  const come = present
    .filter((each) => !continued.some((attendance) => attendance.leftAt === null && isSame(each, attendance)))
    .map((each) => ({ ...each, joinedAt: changedAt, leftAt: null }));
  return [...continued, ...come];
}
