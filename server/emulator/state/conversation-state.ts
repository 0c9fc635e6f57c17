import type { ClientFeature } from '#protocol/connector/envelope';
import type { AccountId, ConsumerId, ConversationId, DialogId } from '#protocol/identifiers';

/** @see PROTOCOL.md §11.5 */
export type Role = 'CONSUMER' | 'ASSIGNED_AGENT' | 'AGENT' | 'MANAGER' | 'READER' | 'CONTROLLER';
export type OpenOrClosed = 'OPEN' | 'CLOSE';
/** Who closed a dialog or a conversation. @see PROTOCOL.md §11.2, §14.2 #13 */
export type Closer = 'CONSUMER' | 'AGENT' | 'MANAGER' | 'SYSTEM';

export interface Participant {
  readonly id: string;
  readonly role: Role;
}

/** When an answer is due. @see PROTOCOL.md §11.6 */
export interface TimeToRespond {
  readonly ttrType: string;
  /** Seconds. */
  readonly value: number;
}

/** Satisfaction given by the consumer. @see PROTOCOL.md §6.4 */
export interface CustomerSatisfaction {
  readonly csatRate: number;
  readonly csatResolutionConfirmation?: boolean;
  readonly status: string;
}

export interface Campaign {
  readonly campaignId: string;
  readonly engagementId: string;
}

/** One dialog; the first of a conversation is its MAIN dialog and carries the conversation's id. @see PROTOCOL.md §11.1 */
export interface DialogState {
  readonly id: DialogId;
  readonly type: 'MAIN' | 'POST_SURVEY';
  readonly state: OpenOrClosed;
  readonly participants: readonly Participant[];
  /** Agent to whom the conversation is offered; `null`: whoever takes it. @see PROTOCOL.md §10.3 */
  readonly suggestedAgentId: string | null;
  /** Installation of the bot whose dialog this is; `null`: of none. @see PROTOCOL.md §8.4.9 */
  readonly appInstallId: string | null;
  /** Whether notifications list it before the MAIN dialog. @see PROTOCOL.md §14.1 #18 */
  readonly isListedFirst: boolean;
  /** The number that the next sequenced event gets; one counter per dialog. @see PROTOCOL.md §11.4 */
  readonly nextSequence: number;
  readonly createdAt: number;
  readonly changedAt: number;
  /** When anything was last said or changed in it. */
  readonly activeAt: number;
  readonly endedAt: number | null;
  readonly closedBy: Closer | null;
  readonly closedCause: string | null;
}

/** One conversation. Plain data: it can be written to a file and read back. */
export interface ConversationState {
  readonly id: ConversationId;
  readonly account: AccountId;
  readonly consumerId: ConsumerId;
  /** `-1`: unassigned. */
  readonly skillId: string;
  /** `null`: the account's default. */
  readonly campaign: Campaign | null;
  /** `conversationContext` as the connector sent it, with its `clientProperties`. @see PROTOCOL.md §11.6 */
  readonly context: Readonly<Record<string, unknown>> | null;
  /** What the client announced with its latest call: features hold only as long as they are announced. @see PROTOCOL.md §6.1 */
  readonly features: readonly ClientFeature[];
  readonly ttr: TimeToRespond;
  /** When the consumer last wrote what nobody has answered; `null` when nothing is pending. */
  readonly pendingSince: number | null;
  /** Of the whole conversation; the state of the MAIN dialog is told by that dialog. */
  readonly stage: OpenOrClosed;
  readonly dialogs: readonly [DialogState, ...DialogState[]];
  /** Set already when the MAIN dialog closes. */
  readonly closeReason: Closer | null;
  readonly csat: CustomerSatisfaction | null;
  readonly startedAt: number;
  readonly changedAt: number;
  readonly endedAt: number | null;
}

/** What a conversation is opened with. @see PROTOCOL.md §6.2.2 */
export interface ConversationOpening {
  readonly id: ConversationId;
  readonly account: AccountId;
  readonly consumerId: ConsumerId;
  readonly skillId: string;
  readonly campaign: Campaign | null;
  readonly context: Readonly<Record<string, unknown>> | null;
  readonly features: readonly ClientFeature[];
  readonly ttr: TimeToRespond;
}

/** A conversation as it is at its first moment: the consumer alone in the MAIN dialog, an answer pending. */
export function openedConversation(opening: ConversationOpening, at: number): ConversationState {
  const main: DialogState = {
    // The MAIN dialog bears the conversation's own id.
    id: opening.id as string as DialogId,
    type: 'MAIN',
    state: 'OPEN',
    participants: [{ id: opening.consumerId, role: 'CONSUMER' }],
    suggestedAgentId: null,
    appInstallId: null,
    isListedFirst: false,
    nextSequence: 0,
    createdAt: at,
    changedAt: at,
    activeAt: at,
    endedAt: null,
    closedBy: null,
    closedCause: null,
  };
  return {
    ...opening,
    pendingSince: at,
    stage: 'OPEN',
    dialogs: [main],
    closeReason: null,
    csat: null,
    startedAt: at,
    changedAt: at,
    endedAt: null,
  };
}

export const dialogOf = (state: ConversationState, id: DialogId): DialogState | null =>
  state.dialogs.find((dialog) => dialog.id === id) ?? null;

export const participantOf = (dialog: DialogState, id: string): Participant | null =>
  dialog.participants.find((participant) => participant.id === id) ?? null;

/** The agent that owns the conversation, `null` while it waits in the queue. */
export const assignedAgentOf = (state: ConversationState): Participant | null =>
  state.dialogs[0].participants.find(({ role }) => role === 'ASSIGNED_AGENT') ?? null;

/** The latest time at which anything happened in the conversation. */
export const lastMomentOf = ({ changedAt, dialogs }: ConversationState): number =>
  Math.max(changedAt, ...dialogs.map(({ activeAt }) => activeAt));
