import type { MessagingEvent } from '#protocol/connector/events';

import { asPerson, lastTextOf } from '../agent-script.ts';
import type { AgentScript, Turn } from '../agent-script.ts';
import { plainText, textWithReplies } from '../content.ts';
import type { QuickReply } from '../content.ts';
import { orderCard, orderSentence, usedOrder } from './order-content.ts';

const NUMBER = /\b(\d{3,8})\b/;
const THING = '(orders?|parcel|delivery)';
/** "order", "order 4711", "4711", "where is my order", "cancel order 4711"; not every sentence with the word. */
const IS_ABOUT_ORDER = new RegExp(
  `^${THING}[.!?]?$|\\b${THING}\\b\\D{0,12}\\d{3,8}|^#?\\d{3,8}$|\\b(where|when|track)\\b.*\\b${THING}\\b`,
  'i',
);
/** Orders that are offered when no number is given. */
const SAMPLES = ['4711', '4712'];

/** Whether the order script should answer: orders are spoken of, or its card was used. */
export function isAboutOrder(turn: Turn): boolean {
  const text = lastTextOf(turn)?.trim() ?? '';
  return IS_ABOUT_ORDER.test(text) || (turn.messages.length === 0 && usedOrder(turn.used) !== null);
}

/** Tells how orders stand, with structured content and quick replies where the client can show them. */
export const order: AgentScript = {
  name: 'order',
  steps: (turn, pace) => asPerson(turn, pace, answerTo(turn)),
};

function answerTo(turn: Turn): MessagingEvent {
  if (turn.messages.length === 0) return plainText(answerToUse(turn));
  const text = lastTextOf(turn) ?? '';
  const number = NUMBER.exec(text)?.[1];
  if (number === undefined) return whichOrder(turn);
  if (/^\s*yes\b.*\bcancel\b/i.test(text)) return plainText(`Order ${number} is cancelled. Anything else?`);
  if (/^\s*no\b.*\bkeep\b/i.test(text)) return plainText(`Good, order ${number} stays as it is.`);
  if (/\bcancel\b/i.test(text)) return reallyCancel(turn, number);
  return turn.features.includes('RICH_CONTENT') ? orderCard(turn, number) : plainText(orderSentence(number));
}

/** A link was opened, or the client sends no text for what was pressed. */
function answerToUse({ used }: Turn): string {
  const what = usedOrder(used);
  return what?.action === 'track'
    ? `You have opened the tracking page of order ${what.number}.`
    : 'I have seen what you pressed.';
}

const whichOrder = (turn: Turn): MessagingEvent =>
  asking(
    turn,
    'Which order do you mean? Please write its number.',
    SAMPLES.map((number) => ({ title: `Order ${number}`, text: `order ${number}` })),
  );

const reallyCancel = (turn: Turn, number: string): MessagingEvent =>
  asking(turn, `Shall I really cancel order ${number}?`, [
    { title: 'Yes, cancel it', text: `yes, cancel order ${number}` },
    { title: 'No, keep it', text: `no, keep order ${number}` },
  ]);

function asking({ features }: Turn, question: string, replies: readonly QuickReply[]): MessagingEvent {
  if (features.includes('QUICK_REPLIES')) return textWithReplies(question, replies);
  return plainText(`${question} (${replies.map(({ text }) => `"${text}"`).join(' or ')})`);
}
