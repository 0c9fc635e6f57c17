import type { Clock } from '../clock.ts';
import type { EmulatorLog } from '../emulator-log.ts';
import type { Account } from '../state/account-state.ts';
import type { ConversationState } from '../state/conversation-state.ts';
import type { Occurrence } from '../state/conversations.ts';
import { SurveyBot } from '../survey/survey-bot.ts';
import { noticeAsController } from '../system/controller-bot.ts';
import type { AgentPace } from './agent-pace.ts';
import type { AgentScript } from './agent-script.ts';
import { PERSONAS } from './personas.ts';
import { ScriptedAgent } from './scripted-agent.ts';
import { StepPlayer } from './step-player.ts';
import type { ShareFile } from './step-player.ts';

export interface CastDeps {
  readonly clock: Clock;
  readonly log: EmulatorLog;
  readonly pace: AgentPace;
  readonly shareFile: ShareFile;
  /** Serves where neither account nor conversation is given a persona. */
  readonly defaultScript: AgentScript;
}

interface Players {
  readonly agent: ScriptedAgent;
  readonly surveyBot: SurveyBot;
  readonly stopping: AbortController;
}

/** Everybody whom the emulator plays: agents, the survey's bot, the bot of automatic messages. */
export class Cast {
  private readonly deps: CastDeps;
  private players: Players;

  constructor(deps: CastDeps) {
    this.deps = deps;
    this.players = playersOf(deps);
  }

  /** Looks at what happened. To be told after everybody else: the answer may come at once. */
  notice(account: Account, occurrence: Occurrence): void {
    this.players.agent.notice(account, occurrence);
    this.players.surveyBot.notice(account, occurrence);
    noticeAsController(account, occurrence);
  }

  /** Goes on with what lies before each of them in an account whose state was restored. */
  resume(account: Account): void {
    this.players.agent.resume(account);
    this.players.surveyBot.resume(account);
  }

  /** Ends what they are doing; they go on with what comes next. */
  settle(): void {
    this.players.stopping.abort();
    this.players = playersOf(this.deps);
  }

  /** Ends what they are doing, for good. */
  close(): void {
    this.players.stopping.abort();
  }
}

function playersOf({ clock, log, pace, shareFile, defaultScript }: CastDeps): Players {
  const stopping = new AbortController();
  const { signal } = stopping;
  const player = new StepPlayer({ clock, log, shareFile, signal });
  const scriptFor = ({ personas, settings }: Account, { id }: ConversationState): AgentScript => {
    const persona = personas.get(id) ?? settings.persona;
    return persona === null ? defaultScript : PERSONAS[persona];
  };
  return {
    agent: new ScriptedAgent({ clock, log, pace, player, signal, scriptFor }),
    surveyBot: new SurveyBot({ clock, log, pace, player, signal }),
    stopping,
  };
}
