import type { HostedFile } from '#protocol/connector/events';
import type { ConversationId, DialogId } from '#protocol/identifiers';

import { pause } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { EmulatorLog } from '../emulator-log.ts';
import type { Account } from '../state/account-state.ts';
import type { ConversationCommand } from '../state/conversation-commands.ts';
import type { ConversationState, Role } from '../state/conversation-state.ts';
import type { FileToShare } from '../state/file-sharing.ts';
import type { AgentStep } from './agent-script.ts';

/** Puts a file of a participant where the others can fetch it. @see PROTOCOL.md §7 */
export type ShareFile = (account: Account, by: string, file: FileToShare) => Promise<HostedFile>;

/** As whom, and in which dialog, somebody acts. */
export interface Place {
  readonly by: string;
  readonly role: Role;
  readonly dialogId: DialogId;
}

/** Somebody who plays steps in a conversation. */
export interface Actor {
  readonly account: Account;
  readonly conversationId: ConversationId;
  /** `null` once there is nothing more to do there: closed, or somebody else's. */
  readonly placeIn: (conversation: ConversationState) => Place | null;
}

export interface StepPlayerDeps {
  readonly clock: Clock;
  readonly log: EmulatorLog;
  readonly shareFile: ShareFile;
  /** Ends everything. */
  readonly signal: AbortSignal;
}

type Doing = Exclude<AgentStep, { readonly do: 'pause' }>;

/** Carries out what a script says, step by step, under the same rules as everybody. */
export class StepPlayer {
  private readonly deps: StepPlayerDeps;

  constructor(deps: StepPlayerDeps) {
    this.deps = deps;
  }

  /** Whether all steps could be taken; none is after one that could not. */
  async play(actor: Actor, steps: readonly AgentStep[]): Promise<boolean> {
    for (const step of steps) {
      if (!(await this.take(actor, step))) return false;
    }
    return true;
  }

  private async take(actor: Actor, step: AgentStep): Promise<boolean> {
    const { clock, log, signal } = this.deps;
    if (step.do === 'pause') await pause(clock, step.ms, signal);
    if (signal.aborted) return false;
    if (step.do === 'pause') return true;
    const { account, conversationId } = actor;
    const conversation = account.conversations.get(conversationId);
    const place = conversation && actor.placeIn(conversation);
    if (!place) return false;
    const command = await this.commandFor(account, place, step);
    const decision = account.conversations.execute(conversationId, command);
    const isDone = decision.outcome === 'accepted';
    if (!isDone) log.warn({ conversationId, step: step.do, decision }, 'agent stopped: step refused');
    return isDone;
  }

  private async commandFor(account: Account, place: Place, step: Doing): Promise<ConversationCommand> {
    const { by, role, dialogId } = place;
    switch (step.do) {
      case 'join':
        return { type: 'join', participant: { id: by, role }, dialogId };
      case 'publish': {
        const { event, audience = 'ALL', metadata } = step;
        return { type: 'publish', by, dialogId, event, audience, ...(metadata && { metadata }) };
      }
      case 'send-file': {
        const message = await this.deps.shareFile(account, by, step.file);
        const event = { type: 'ContentEvent' as const, message, contentType: 'hosted/file' };
        return { type: 'publish', by, dialogId, event };
      }
      case 'transfer':
        return { type: 'change-skill', skillId: step.skillId };
      case 'close':
        return { type: 'close-dialog', dialogId, by: 'AGENT', cause: step.cause };
      default:
        return step satisfies never;
    }
  }
}
