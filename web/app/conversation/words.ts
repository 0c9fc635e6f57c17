import type { ParticipantRole } from '#protocol/webhook-notification';

import type { Closing, ConversationPhase } from './conversation-state';
import type { SurveyState } from './survey-state';

const ROLES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    CONSUMER: $localize`Consumer`,
    ASSIGNED_AGENT: $localize`Agent`,
    AGENT: $localize`Survey bot`,
    MANAGER: $localize`Manager`,
    READER: $localize`Reader`,
    CONTROLLER: $localize`Automatic message`,
  }),
);

/** Who that is, in a word; a role that is not known here keeps the cloud's name. @see PROTOCOL.md §11.5 */
export const roleWords = (role: ParticipantRole): string => ROLES.get(role) ?? role;

const PHASES: Readonly<Record<ConversationPhase, string>> = {
  open: $localize`open`,
  survey: $localize`survey`,
  closed: $localize`closed`,
};

/** How far a conversation is. */
export const phaseWords = (phase: ConversationPhase): string => PHASES[phase];

const CLOSERS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    CONSUMER: $localize`Closed by the consumer`,
    AGENT: $localize`Closed by the agent`,
    SYSTEM: $localize`Closed by the system`,
    TIMEOUT: $localize`Closed after a time without messages`,
  }),
);

/** That a conversation is closed, and by whom as far as that is known. */
export function closerWords({ by }: Closing): string {
  return by === null ? $localize`Closed` : (CLOSERS.get(by) ?? $localize`Closed by ${by}`);
}

/** How a conversation ended, with the cloud's reason, and what became of its survey. */
export function endWords(closing: Closing | null, survey: SurveyState): string {
  const closed = closing === null ? $localize`Closed` : closingWords(closing);
  return [closed, ...surveyEndWords(survey)].join(' · ');
}

function closingWords(closing: Closing): string {
  const { cause } = closing;
  const words = closerWords(closing);
  return cause === null || /^closed by/i.test(cause) ? words : `${words} (${cause})`;
}

function surveyEndWords({ stage, cause }: SurveyState): readonly string[] {
  if (stage !== 'ended') return [];
  return [cause === null ? $localize`survey ended` : $localize`survey: ${cause.toLowerCase()}`];
}
