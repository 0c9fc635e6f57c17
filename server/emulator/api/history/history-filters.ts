import * as v from 'valibot';

import { jsonObject } from '../../json-object.ts';
import type { Account } from '../../state/account-state.ts';
import type { Attendance, ConversationRecord } from '../../state/conversation-record.ts';
import type { ConversationState } from '../../state/conversation-state.ts';
import { durationMs, latestAgentOf, queueState } from './history-info.ts';
import { messageText, messageType } from './history-messages.ts';
import { AGENT_GROUP, agentNamed } from './history-words.ts';

/** Numbers are sent as such or as text. */
const number = v.pipe(
  v.union([v.number(), v.pipe(v.string(), v.regex(/^-?\d{1,15}$/), v.transform(Number))]),
  v.finite(),
);
const range = v.pipe(
  v.object({ from: v.optional(number), to: v.optional(number) }),
  v.check(({ from, to }) => from !== undefined || to !== undefined, 'needs from or to'),
);
const ids = v.array(
  v.pipe(
    v.union([v.string(), v.number()]),
    v.transform((id) => String(id)),
  ),
);
export const statusSchema = v.array(v.picklist(['OPEN', 'CLOSE']));

/** The filters of a search; each is optional but the start. @see PROTOCOL.md §9.1 */
export const filterSchema = jsonObject({
  start: v.object({ from: number, to: v.optional(number, -1) }),
  end: v.optional(range),
  latestUpdateTime: v.optional(v.object({ from: number })),
  status: v.optional(statusSchema),
  skillIds: v.optional(ids),
  latestSkillIds: v.optional(ids),
  agentIds: v.optional(ids),
  latestAgentIds: v.optional(ids),
  agentGroupIds: v.optional(ids),
  keyword: v.optional(v.pipe(v.string(), v.minLength(1))),
  duration: v.optional(range),
  csat: v.optional(range),
  source: v.optional(v.array(v.string())),
  device: v.optional(v.array(v.string())),
  messageContentTypes: v.optional(v.array(v.string())),
  latestConversationQueueState: v.optional(v.picklist(['IN_QUEUE', 'ACTIVE'])),
  contentToRetrieve: v.optional(v.array(v.string())),
});

export type Filters = v.InferOutput<typeof filterSchema>;

/** Filters that exist and that the emulator has no data for. */
export const FOREIGN_FILTERS = ['summary', 'mcs', 'alertedMcsValues', 'sdeSearch', 'responseTime'];

const STEP_MS = 10 * 60_000;
const MOST_MONTHS = 3;

/** From and to, both included, in full ten minutes; `null` when they are more than three months apart. */
export function spanOf(
  { from, to = -1 }: Range,
  now: number,
): { readonly from: number; readonly to: number } | null {
  const end = to < 0 ? now : to;
  if (from === undefined) return { from: -Infinity, to: Math.ceil(end / STEP_MS) * STEP_MS };
  const furthest = new Date(from);
  furthest.setUTCMonth(furthest.getUTCMonth() + MOST_MONTHS);
  if (!(end <= furthest.getTime())) return null;
  return { from: Math.floor(from / STEP_MS) * STEP_MS, to: Math.ceil(end / STEP_MS) * STEP_MS };
}

export interface FilterContext {
  readonly account: Account;
  readonly now: number;
}

type Passes = (record: ConversationRecord, filters: Filters, context: FilterContext) => boolean;

interface Range {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

const isWithin = (value: number, { from = -Infinity, to = Infinity }: Range): boolean =>
  value >= from && value <= to;

const isAnyOf = (values: readonly string[], wanted: readonly string[] | undefined): boolean =>
  wanted === undefined || values.some((value) => wanted.includes(value));

/** Of the main dialog, as `info.status` tells it. */
export const hasStatus = ({ dialogs }: ConversationState, wanted: readonly string[] | undefined): boolean =>
  isAnyOf([dialogs[0].state], wanted);

const isOfBrand = ({ participant }: Attendance): boolean => participant.role !== 'CONSUMER';

/** An agent may be asked for by its old id or its new one. */
const agentIdsOf = (account: Account, participantId: string | null): readonly string[] =>
  participantId === null ? [] : [participantId, agentNamed(account, participantId).id];

/** Whether the text has the phrase, if it stands in quotation marks, or else all the words. */
function holds(text: string | null, keyword: string): boolean {
  const [, phrase] = /^"(.+)"$/.exec(keyword) ?? [];
  const words = phrase === undefined ? keyword.split(/\s+/) : [phrase];
  return words.every((word) => text?.toLowerCase().includes(word.toLowerCase()));
}

/** Each lets everything pass that was not asked for. */
const RULES: readonly Passes[] = [
  ({ conversation }, { start }, { now }) => {
    const span = spanOf(start, now);
    return span !== null && isWithin(conversation.startedAt, span);
  },
  ({ conversation }, { end }, { now }) => {
    if (!end) return true;
    const span = spanOf(end, now);
    const { endedAt } = conversation.dialogs[0];
    return span !== null && endedAt !== null && isWithin(endedAt, span);
  },
  ({ updatedAt }, { latestUpdateTime }) =>
    !latestUpdateTime || updatedAt >= Math.floor(latestUpdateTime.from / STEP_MS) * STEP_MS,
  ({ conversation }, { status }) => hasStatus(conversation, status),
  ({ conversation, transfers }, { skillIds }) =>
    isAnyOf([conversation.skillId, ...transfers.map(({ fromSkillId }) => fromSkillId)], skillIds),
  ({ conversation }, { latestSkillIds }) => isAnyOf([conversation.skillId], latestSkillIds),
  ({ attendances }, { agentIds }, { account }) =>
    isAnyOf(
      attendances.filter(isOfBrand).flatMap(({ participant }) => agentIdsOf(account, participant.id)),
      agentIds,
    ),
  (record, { latestAgentIds }, { account }) =>
    isAnyOf(agentIdsOf(account, latestAgentOf(record)), latestAgentIds),
  (record, { agentGroupIds }) =>
    isAnyOf(latestAgentOf(record) === null ? [] : [String(AGENT_GROUP.id)], agentGroupIds),
  ({ messages }, { keyword }) =>
    keyword === undefined || messages.some(({ event }) => holds(messageText(event), keyword)),
  ({ conversation }, { duration }, { now }) =>
    !duration || isWithin(durationMs(conversation, now) / 1000, duration),
  ({ conversation }, { csat }) =>
    !csat || (conversation.csat !== null && isWithin(conversation.csat.csatRate, csat)),
  (_record, { source }) => isAnyOf(['APP'], source),
  (_record, { device }) => isAnyOf(['NA'], device),
  ({ messages }, { messageContentTypes }) =>
    isAnyOf(
      messages.map(({ event }) => messageType(event)),
      messageContentTypes,
    ),
  ({ conversation }, { latestConversationQueueState }) =>
    latestConversationQueueState === undefined || queueState(conversation) === latestConversationQueueState,
];

/** Whether every filter lets the conversation pass. @see PROTOCOL.md §9.1 */
export const passesFilters = (
  record: ConversationRecord,
  filters: Filters,
  context: FilterContext,
): boolean => RULES.every((passes) => passes(record, filters, context));
