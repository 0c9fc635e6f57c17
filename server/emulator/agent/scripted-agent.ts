import type { ContentEvent, RichContentEvent } from '#protocol/connector/events';
import type { ConversationId } from '#protocol/identifiers';
import type { MessageChange } from '#protocol/webhook-notification';

import type { Clock } from '../clock.ts';
import type { EmulatorLog } from '../emulator-log.ts';
import type { Account, ConsumerProfile } from '../state/account-state.ts';
import { assignedAgentOf } from '../state/conversation-state.ts';
import type { ConversationState } from '../state/conversation-state.ts';
import type { Occurrence } from '../state/conversations.ts';
import { NO_SKILL, SPECIALIST_SKILL, agentForSkill, isAgentOf } from '../state/staff.ts';
import type { AgentPace } from './agent-pace.ts';
import type { AgentScript, Turn } from './agent-script.ts';
import { consumerInput } from './consumer-input.ts';
import type { ConsumerInput } from './consumer-input.ts';
import type { Place, StepPlayer } from './step-player.ts';
import { switchingIn, switchingScript } from './switchboard.ts';
import { TurnTaker } from './turn-taker.ts';

export interface ScriptedAgentDeps {
  readonly clock: Clock;
  readonly pace: AgentPace;
  readonly log: EmulatorLog;
  readonly player: StepPlayer;
  /** Ends everything. */
  readonly signal: AbortSignal;
  /** The persona that serves a conversation; asked anew at every turn. */
  readonly scriptFor: (account: Account, conversation: ConversationState) => AgentScript;
}

/** What is kept of one conversation. */
interface Desk {
  readonly account: Account;
  readonly conversationId: ConversationId;
  turnsTaken: number;
}

/** Most clients publish the text of a button right after its ACTION: time to wait for it. @see PROTOCOL.md §12.4 */
export const TEXT_AFTER_ACTION_MS = 1000;

/** Plays the agents of all accounts: takes waiting conversations and answers by script. */
export class ScriptedAgent {
  private readonly takers = new Map<ConversationId, TurnTaker<ConsumerInput>>();
  private readonly deps: ScriptedAgentDeps;

  constructor(deps: ScriptedAgentDeps) {
    this.deps = deps;
  }

  /** Looks at what happened; acts later, never within this call. */
  notice(account: Account, occurrence: Occurrence): void {
    const { conversation } = occurrence;
    if (conversation.dialogs[0].state === 'CLOSE') this.takers.delete(conversation.id);
    const input = consumerInput(occurrence, conversation.dialogs[0].id);
    if (!input || !placeIn(account, conversation)) return;
    this.takerOf(account, conversation.id).notice(input, input.event ? 0 : TEXT_AFTER_ACTION_MS);
  }

  /**
   * Goes on where agents were when the emulator ended: answers what history has and nobody has answered.
   * To be called once the account's state has been restored.
   */
  resume(account: Account): void {
    for (const conversation of account.conversations.list()) {
      if (conversation.stage === 'CLOSE' || conversation.pendingSince === null) continue;
      if (!placeIn(account, conversation)) continue;
      for (const input of unanswered(account, conversation)) {
        this.takerOf(account, conversation.id).notice(input);
      }
    }
  }

  private takerOf(account: Account, conversationId: ConversationId): TurnTaker<ConsumerInput> {
    const known = this.takers.get(conversationId);
    if (known) return known;
    const { clock, log, signal } = this.deps;
    const desk = { account, conversationId, turnsTaken: hasAnswered(account, conversationId) ? 1 : 0 };
    const takeTurn = (inputs: readonly ConsumerInput[]): Promise<boolean> => this.takeTurn(desk, inputs);
    const taker = new TurnTaker({ clock, log, conversationId, signal, takeTurn });
    this.takers.set(conversationId, taker);
    return taker;
  }

  private async takeTurn(desk: Desk, inputs: readonly ConsumerInput[]): Promise<boolean> {
    const { account, conversationId } = desk;
    const conversation = account.conversations.get(conversationId);
    if (!conversation) return false;
    const turn = turnOf(desk, conversation, inputs);
    const steps = this.scriptOf(account, conversation, turn).steps(turn, this.deps.pace);
    const actor = { account, conversationId, placeIn: (now: ConversationState) => placeIn(account, now) };
    const isPlayed = await this.deps.player.play(actor, steps);
    desk.turnsTaken += 1;
    return isPlayed;
  }

  /** The consumer may ask for another persona; that stays so in this conversation. */
  private scriptOf(account: Account, conversation: ConversationState, turn: Turn): AgentScript {
    const switching = switchingIn(turn);
    if (!switching) return this.deps.scriptFor(account, conversation);
    if (switching.persona) account.personas.set(conversation.id, switching.persona);
    return switchingScript(switching);
  }
}

/** As whom an agent of ours acts in the MAIN dialog; `null` when it is closed or somebody else's. */
function placeIn({ staff }: Account, conversation: ConversationState): Place | null {
  const [main] = conversation.dialogs;
  const owner = assignedAgentOf(conversation)?.id ?? main.suggestedAgentId;
  if (main.state === 'CLOSE' || (owner !== null && !isAgentOf(staff, owner))) return null;
  const by = owner ?? agentForSkill(staff, conversation.skillId).userPid;
  return { by, role: 'ASSIGNED_AGENT', dialogId: main.id };
}

/** Whether an agent has written in the conversation before; known also after a restart. */
const hasAnswered = ({ history, staff }: Account, id: ConversationId): boolean =>
  history.get(id)?.messages.some(({ by }) => isAgentOf(staff, by)) ?? false;

function unanswered({ history }: Account, { id, dialogs }: ConversationState): readonly ConsumerInput[] {
  const messages = (history.get(id)?.messages ?? []).filter(({ dialogId }) => dialogId === dialogs[0].id);
  const answered = messages.findLastIndex(({ isByConsumer }) => !isByConsumer);
  return messages.slice(answered + 1).flatMap(({ sequence, event, metadata }) => {
    const message = messageOf(event);
    return message ? [{ sequence, event: message, metadata: metadata ?? [] }] : [];
  });
}

/** A message as it was sent, of what history kept. */
function messageOf({ type, ...members }: MessageChange['event']): ContentEvent | RichContentEvent | null {
  const { message, content, contentType } = members;
  if (type === 'ContentEvent') return { type, message, contentType: String(contentType) };
  return type === 'RichContentEvent' ? { type, content } : null;
}

function turnOf(
  { account, turnsTaken }: Desk,
  conversation: ConversationState,
  inputs: readonly ConsumerInput[],
): Turn {
  const { staff } = account;
  const place = placeIn(account, conversation);
  const isSpecialist = place?.by === staff.specialist.userPid;
  return {
    agentName: (isSpecialist ? staff.specialist : staff.agent).nickname,
    colleagueName: (isSpecialist ? staff.agent : staff.specialist).nickname,
    colleagueSkill: isSpecialist ? NO_SKILL : SPECIALIST_SKILL,
    consumerName: firstNameOf(account.profiles.get(conversation.consumerId) ?? {}),
    features: conversation.features,
    isAssigned: assignedAgentOf(conversation) !== null,
    turnsBefore: turnsTaken,
    messages: inputs.flatMap(({ sequence, event }) => (event ? [{ sequence, event }] : [])),
    used: inputs.findLast(({ metadata }) => metadata.length > 0)?.metadata ?? null,
  };
}

/** @see PROTOCOL.md §6.2.1 */
function firstNameOf({ firstName }: ConsumerProfile): string | null {
  return typeof firstName === 'string' && firstName.trim() !== '' ? firstName.trim() : null;
}
