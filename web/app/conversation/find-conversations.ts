import type { ConversationSummary } from './conversation-summary';
import { phaseWords } from './words';

/** Those whose name, last line or id has all the words; closed ones only where they are wanted. */
export function findConversations(
  summaries: readonly ConversationSummary[],
  text: string,
  isWithClosed: boolean,
): readonly ConversationSummary[] {
  const words = text.toLowerCase().split(/\s+/);
  return summaries.filter(({ id, name, lastLine, phase }) => {
    if (phase === 'closed' && !isWithClosed) return false;
    const all = `${name} ${lastLine} ${id} ${phaseWords(phase)}`.toLowerCase();
    return words.every((word) => all.includes(word));
  });
}
