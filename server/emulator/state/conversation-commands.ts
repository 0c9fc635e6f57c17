import type { ClientFeature } from '#protocol/connector/envelope';
import type {
  AcceptStatus,
  ChatStateEvent,
  ContentEvent,
  Metadata,
  RichContentEvent,
} from '#protocol/connector/events';
import type { DialogId } from '#protocol/identifiers';

import type { Notification } from './conversation-notifications.ts';
import type {
  Closer,
  ConversationState,
  CustomerSatisfaction,
  DialogState,
  Participant,
  TimeToRespond,
} from './conversation-state.ts';
import type { SurveyOffer } from './conversation-survey.ts';

/** Statuses that bots and newer clients send besides. @see PROTOCOL.md §6.3.5 */
export const RARE_STATUSES = ['ENRICH', 'VIEWED'] as const;

export interface StatusEvent {
  readonly type: 'AcceptStatusEvent';
  readonly status: AcceptStatus | (typeof RARE_STATUSES)[number];
  readonly sequenceList: readonly number[];
}

export type PublishedEvent = ContentEvent | RichContentEvent | ChatStateEvent | StatusEvent;

export type Audience = 'ALL' | 'AGENTS_AND_MANAGERS';

/** Somebody says something in a dialog. @see PROTOCOL.md §6.3 */
export interface PublishCommand {
  readonly type: 'publish';
  /** Id of the participant who speaks. */
  readonly by: string;
  readonly dialogId: DialogId;
  readonly event: PublishedEvent;
  readonly audience?: Audience;
  readonly metadata?: Metadata;
}

/** One dialog ends; the others, and the conversation with them, may go on. @see PROTOCOL.md §6.4 */
export interface CloseDialogCommand {
  readonly type: 'close-dialog';
  readonly dialogId: DialogId;
  readonly by: Closer;
  /** Free text. */
  readonly cause: string | null;
  /** What may follow the MAIN dialog; `null`: nothing may. Default: what the account offers. @see PROTOCOL.md §11.3 */
  readonly survey?: SurveyOffer | null;
}

/** Everything ends at once; only where the agent does it may a survey follow. @see PROTOCOL.md §6.4, §11.3 */
export interface CloseCommand {
  readonly type: 'close';
  readonly by: Closer;
  /** Free text. Default: none. */
  readonly cause?: string | null;
  /** See {@link CloseDialogCommand.survey}. */
  readonly survey?: SurveyOffer | null;
}

/** Somebody comes into a dialog, the MAIN one unless another is named, or takes another role in it. @see PROTOCOL.md §11.5 */
export interface JoinCommand {
  readonly type: 'join';
  readonly participant: Participant;
  readonly dialogId?: DialogId;
}

/** Somebody goes; when it is the assigned agent, the conversation is back in the queue. @see PROTOCOL.md §10.3 */
export interface LeaveCommand {
  readonly type: 'leave';
  readonly participantId: string;
  readonly dialogId?: DialogId;
}

/** Another skill takes over, or one of its agents to whom the conversation is offered. @see PROTOCOL.md §10.3 */
export interface ChangeSkillCommand {
  readonly type: 'change-skill';
  readonly skillId: string;
  /** Default: nobody in particular. */
  readonly suggestedAgentId?: string;
}

/** Everything that can happen to a conversation once it is open. @see PROTOCOL.md §11.2 */
export type ConversationCommand =
  | PublishCommand
  | JoinCommand
  | LeaveCommand
  | ChangeSkillCommand
  /** What the client can show from now on; told to nobody. @see PROTOCOL.md §6.1 */
  | { readonly type: 'announce'; readonly features: readonly ClientFeature[] }
  | { readonly type: 'change-ttr'; readonly ttr: TimeToRespond }
  | { readonly type: 'rate'; readonly csat: CustomerSatisfaction }
  | CloseDialogCommand
  | CloseCommand;

export interface Accepted {
  readonly outcome: 'accepted';
  readonly state: ConversationState;
  readonly notifications: readonly Notification[];
  /** What the sender of an event is told; 0 for chat states, which have none. `null`: no event was published. */
  readonly sequence: number | null;
}

export interface Refused {
  readonly outcome: 'refused';
  readonly reason: RefusalReason;
}

export type RefusalReason =
  | 'conversation-closed'
  | 'dialog-closed'
  | 'unknown-dialog'
  | 'not-a-participant'
  /** A role that nobody takes, or not in such a dialog. */
  | 'role-not-allowed'
  /** Another agent has the conversation. */
  | 'already-assigned'
  /** The client has not announced that it can show this. */
  | 'feature-missing';

export type Decision = Accepted | Refused;

export const refused = (reason: RefusalReason): Refused => ({ outcome: 'refused', reason });

/** The conversation with `next` in the place of the dialog of the same id. */
export function withDialog(state: ConversationState, next: DialogState): ConversationState {
  const replace = (dialog: DialogState): DialogState => (dialog.id === next.id ? next : dialog);
  const [main, ...others] = state.dialogs;
  return { ...state, dialogs: [replace(main), ...others.map(replace)] };
}
