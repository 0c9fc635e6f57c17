import type { ConversationId, DialogId } from '#protocol/identifiers';

import type { AgentPace } from '../agent/agent-pace.ts';
import { consumerInput } from '../agent/consumer-input.ts';
import type { Actor, StepPlayer } from '../agent/step-player.ts';
import { TurnTaker } from '../agent/turn-taker.ts';
import type { Clock } from '../clock.ts';
import type { EmulatorLog } from '../emulator-log.ts';
import type { Account } from '../state/account-state.ts';
import type { ConversationState, DialogState } from '../state/conversation-state.ts';
import { surveyDialogOf } from '../state/conversation-survey.ts';
import type { Occurrence } from '../state/conversations.ts';
import { DEMO_SURVEY } from './survey-definition.ts';
import { surveyProgress } from './survey-progress.ts';
import { surveyOpening, surveyTurn } from './survey-script.ts';
import type { SurveyInput } from './survey-script.ts';

export interface SurveyBotDeps {
  readonly clock: Clock;
  readonly log: EmulatorLog;
  readonly pace: AgentPace;
  readonly player: StepPlayer;
  /** Ends everything. */
  readonly signal: AbortSignal;
}

/** Time in which the text of a pressed reply follows its ACTION. @see PROTOCOL.md §12.4 */
export const TEXT_AFTER_ANSWER_MS = 1000;

/** One survey. */
interface Interview {
  readonly account: Account;
  readonly conversationId: ConversationId;
  readonly dialogId: DialogId;
}

/** `begin`: the dialog has opened; else what the consumer did in it. */
type Input = SurveyInput | 'begin';

/** Asks the consumers of all accounts how they were served. @see PROTOCOL.md §11.3 */
export class SurveyBot {
  private readonly takers = new Map<ConversationId, TurnTaker<Input>>();
  private readonly deps: SurveyBotDeps;

  constructor(deps: SurveyBotDeps) {
    this.deps = deps;
  }

  /** Looks at what happened; acts later, never within this call. */
  notice(account: Account, occurrence: Occurrence): void {
    const { conversation } = occurrence;
    if (conversation.stage === 'CLOSE') this.takers.delete(conversation.id);
    const dialog = openSurveyOf(conversation);
    if (!dialog) return;
    const interview = { account, conversationId: conversation.id, dialogId: dialog.id };
    if (isOpening(occurrence)) this.takerOf(interview).notice('begin');
    const input = inputOf(occurrence, dialog);
    if (input) this.takerOf(interview).notice(input, input.isMessage ? 0 : TEXT_AFTER_ANSWER_MS);
  }

  /** Begins surveys that nobody has begun when the emulator ended. To be called once the account's state is restored. */
  resume(account: Account): void {
    for (const conversation of account.conversations.list()) {
      const dialog = openSurveyOf(conversation);
      if (!dialog || dialog.nextSequence > 0) continue;
      this.takerOf({ account, conversationId: conversation.id, dialogId: dialog.id }).notice('begin');
    }
  }

  private takerOf(interview: Interview): TurnTaker<Input> {
    const { conversationId } = interview;
    const known = this.takers.get(conversationId);
    if (known) return known;
    const { clock, log, signal } = this.deps;
    const takeTurn = (inputs: readonly Input[]): Promise<boolean> => this.takeTurn(interview, inputs);
    const taker = new TurnTaker({ clock, log, conversationId, signal, takeTurn });
    this.takers.set(conversationId, taker);
    return taker;
  }

  private async takeTurn(interview: Interview, inputs: readonly Input[]): Promise<boolean> {
    const { pace, player } = this.deps;
    const { account, conversationId, dialogId } = interview;
    const situation = { survey: DEMO_SURVEY, pace };
    const botId = account.staff.surveyBot.userPid;
    const progress = surveyProgress(DEMO_SURVEY, account.history.get(conversationId), { dialogId, botId });
    const answers = inputs.filter((input) => input !== 'begin');
    const opening = progress.hasBegun ? [] : surveyOpening(situation);
    // What was written before the first question answers nothing.
    const turn = progress.hasBegun ? surveyTurn(situation, progress, answers) : [];
    return player.play(actorIn(interview), [...opening, ...turn]);
  }
}

function actorIn({ account, conversationId, dialogId }: Interview): Actor {
  return {
    account,
    conversationId,
    placeIn: (conversation) => {
      const isOpen = openSurveyOf(conversation)?.id === dialogId;
      return isOpen ? { by: account.staff.surveyBot.userPid, role: 'AGENT', dialogId } : null;
    },
  };
}

function openSurveyOf(conversation: ConversationState): DialogState | null {
  const dialog = surveyDialogOf(conversation);
  return dialog?.state === 'OPEN' ? dialog : null;
}

/** A survey's dialog opens with the close of another. */
const isOpening = ({ command }: Occurrence): boolean =>
  command?.type === 'close-dialog' || command?.type === 'close';

function inputOf(occurrence: Occurrence, { id }: DialogState): SurveyInput | null {
  const input = consumerInput(occurrence, id);
  if (!input) return null;
  const { sequence, event, metadata } = input;
  const text = event?.type === 'ContentEvent' && typeof event.message === 'string' ? event.message : null;
  return { sequence, text, isMessage: event !== null, metadata };
}
