import { stableUuid } from '../state/identity.ts';

/** One answer that can be chosen. */
export interface SurveyAnswer {
  readonly id: string;
  /** On the button, and what it publishes. */
  readonly title: string;
  /** Whether the question is left unanswered by it. */
  readonly isSkip: boolean;
}

export interface SurveyQuestion {
  readonly id: string;
  readonly text: string;
  readonly answers: readonly SurveyAnswer[];
}

/** Questions that a bot asks after a conversation, in their order. @see PROTOCOL.md §11.3 */
export interface Survey {
  readonly id: string;
  /** Group of all its questions. */
  readonly groupId: string;
  readonly greeting: string;
  readonly questions: readonly SurveyQuestion[];
  readonly thanks: string;
}

const SKIP = 'Skip';

function question(text: string, titles: readonly string[]): SurveyQuestion {
  const id = stableUuid(`survey/${text}`);
  const answer = (title: string): SurveyAnswer => ({
    id: stableUuid(`${id}/${title}`),
    title,
    isSkip: title === SKIP,
  });
  return { id, text, answers: [...titles, SKIP].map(answer) };
}

/** What every account of the emulator asks. */
export const DEMO_SURVEY: Survey = {
  id: '499706313',
  groupId: stableUuid('survey/demo'),
  greeting: 'Thank you for contacting us. Two short questions, if you have a moment.',
  questions: [
    question('How would you rate your overall experience?', ['1', '2', '3', '4', '5']),
    question('Did we solve your problem?', ['Yes', 'No']),
  ],
  thanks: 'Thank you for your answers. Goodbye!',
};
