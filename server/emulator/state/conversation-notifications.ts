import type { WebhookEventType } from '#protocol/app-installation';
import type {
  ConversationChange,
  ConversationDetails,
  DialogDetails,
  MessageChange,
} from '#protocol/webhook-notification';

import type { ConversationState, DialogState, Participant } from './conversation-state.ts';

/** One change that the account's connectors are told of, and the event type whose endpoint takes it. @see PROTOCOL.md §8.3 */
export type Notification =
  | { readonly eventType: 'cqm.ExConversationChangeNotification'; readonly change: ConversationChange }
  | { readonly eventType: MessageEventType; readonly change: MessageChange };

export type MessageEventType = Exclude<WebhookEventType, 'cqm.ExConversationChangeNotification'>;

/** The complete present state, never a difference. @see PROTOCOL.md §8.3 */
export function conversationNotification(state: ConversationState): Notification {
  return {
    eventType: 'cqm.ExConversationChangeNotification',
    change: {
      type: 'UPSERT',
      result: { convId: state.id, effectiveTTR: effectiveTtr(state), conversationDetails: detailsOf(state) },
    },
  };
}

/** When the answer is due, epoch milliseconds; `-1` when nothing is pending. @see PROTOCOL.md §8.3 */
function effectiveTtr({ pendingSince, ttr }: ConversationState): number {
  return pendingSince === null ? -1 : pendingSince + ttr.value * 1000;
}

function detailsOf(state: ConversationState): ConversationDetails {
  return {
    skillId: state.skillId,
    participants: allParticipants(state),
    dialogs: listed(state.dialogs).map(dialogDetails),
    brandId: state.account,
    state: state.dialogs[0].state,
    stage: state.stage,
    ...(state.closeReason && { closeReason: state.closeReason }),
    startTs: state.startedAt,
    ...(state.endedAt !== null && { endTs: state.endedAt }),
    metaDataLastUpdateTs: state.changedAt,
    ttr: state.ttr,
    ...(state.csat && { csat: state.csat }),
  };
}

/** Everybody of every dialog; one person in two roles is listed twice. @see PROTOCOL.md §8.4.9 */
function allParticipants(state: ConversationState): readonly Participant[] {
  const everybody = state.dialogs.flatMap((dialog) => dialog.participants);
  const isFirst = ({ id, role }: Participant, index: number): boolean =>
    everybody.findIndex((other) => other.id === id && other.role === role) === index;
  return everybody.filter(isFirst);
}

const listed = (dialogs: readonly DialogState[]): readonly DialogState[] =>
  dialogs.toSorted((one, other) => Number(other.isListedFirst) - Number(one.isListedFirst));

function dialogDetails(dialog: DialogState): DialogDetails {
  return {
    dialogId: dialog.id,
    participantsDetails: participantsDetails(dialog),
    dialogType: dialog.type,
    channelType: 'MESSAGING',
    ...(dialog.appInstallId !== null && { metaData: { appInstallId: dialog.appInstallId } }),
    state: dialog.state,
    creationTs: dialog.createdAt,
    ...(dialog.endedAt !== null && { endTs: dialog.endedAt }),
    metaDataLastUpdateTs: dialog.changedAt,
    ...(dialog.closedBy && { closedBy: dialog.closedBy }),
    ...(dialog.closedCause !== null && { closedCause: dialog.closedCause }),
  };
}

/** Who is there, and to whom the conversation is offered. @see PROTOCOL.md §8.3 */
function participantsDetails({ participants, suggestedAgentId }: DialogState): readonly Participant[] {
  if (suggestedAgentId === null) return participants;
  const suggested = { id: suggestedAgentId, role: 'ASSIGNED_AGENT' as const, state: 'SUGGESTED' };
  return [...participants, suggested];
}
