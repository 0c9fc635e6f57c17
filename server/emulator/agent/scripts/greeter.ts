import { asPerson, lastTextOf } from '../agent-script.ts';
import type { AgentScript, Turn } from '../agent-script.ts';
import { plainText } from '../content.ts';
import { form } from './form.ts';
import { helpAnswer } from './help.ts';
import { image } from './image.ts';
import { note } from './note.ts';
import { isAboutOrder, order } from './order.ts';
import { quoted } from './quoted.ts';
import { silent } from './silent.ts';
import { slow } from './slow.ts';
import { survey } from './survey.ts';
import { transfer } from './transfer.ts';

/** Who answers when this is all that is written. */
const KEYWORDS: readonly (readonly [RegExp, AgentScript])[] = [
  [/^(an? )?(image|picture|photo)[.!]?$/i, image],
  [/^survey[.!]?$/i, survey],
  [/^slow[.!]?$/i, slow],
  [/^(silence|silent)[.!]?$/i, silent],
  [/^(transfer|billing|colleague)[.!]?$/i, transfer],
  [/^note[.!]?$/i, note],
  [/^form[.!]?$/i, form],
];

/** Answers by what the message says; the first that fits. */
const ANSWERS: readonly (readonly [RegExp, string])[] = [
  [/\bthank(s| you)\b/i, 'You are welcome! Is there anything else?'],
  [/\b(good ?bye|bye)\b/i, 'Goodbye! Close the conversation whenever you like.'],
];

const IS_HELP = /\bhelp\b|^\?+$/i;
const INVITATION = 'Write "help" to see what I can do.';

/** Greets by name and answers every message so that one sees it was understood; leaves the rest to who is asked for. */
export const greeter: AgentScript = {
  name: 'greeter',
  steps(turn, pace) {
    const other = otherFor(turn);
    return other ? other.steps(turn, pace) : asPerson(turn, pace, answerTo(turn));
  },
};

function otherFor(turn: Turn): AgentScript | null {
  if (isAboutOrder(turn)) return order;
  const text = lastTextOf(turn)?.trim() ?? '';
  return KEYWORDS.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}

function answerTo(turn: Turn): ReturnType<typeof plainText> {
  const text = lastTextOf(turn);
  if (text !== null && IS_HELP.test(text)) return helpAnswer(turn);
  const reply = replyTo(turn, text);
  return plainText(turn.turnsBefore === 0 ? `${greeting(turn)} ${reply} ${INVITATION}` : reply);
}

const greeting = ({ consumerName, agentName }: Turn): string =>
  `Hello${consumerName === null ? '' : ` ${consumerName}`}, this is ${agentName}.`;

function replyTo({ messages }: Turn, text: string | null): string {
  if (messages.length === 0) return 'I have seen what you pressed.';
  if (text === null) return 'Thank you, I have received what you sent.';
  const fitting = ANSWERS.find(([pattern]) => pattern.test(text));
  return fitting ? fitting[1] : `You wrote: “${quoted(text)}” How can I help?`;
}
