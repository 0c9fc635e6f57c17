import type { Message } from './message';

/**
 * What else tells of a message whose notification stays away: `delivered`, others have taken, read or answered it, and
 * notifications arrive here; `unknown`, nothing does.
 */
export type MissingEcho = 'delivered' | 'unknown';

/** @param messages All of its conversation, in the order of the screen */
export function missingEchoOf(message: Message, messages: readonly Message[]): MissingEcho {
  const { delivery, dialogId } = message;
  const isReceived = (delivery?.accepted ?? delivery?.read ?? null) !== null;
  const later = messages.slice(messages.indexOf(message) + 1);
  const isAnswered = later.some((other) => other.dialogId === dialogId && isToldByAgent(other));
  return isReceived || isAnswered ? 'delivered' : 'unknown';
}

/** By a webhook: what only the history tells says nothing about those. */
const isToldByAgent = ({ role, isFromHistory }: Message): boolean =>
  role === 'ASSIGNED_AGENT' && !isFromHistory;
