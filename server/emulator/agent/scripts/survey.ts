import { arriving, publish, typing } from '../agent-script.ts';
import type { AgentScript, Turn } from '../agent-script.ts';
import { plainText } from '../content.ts';

const NEEDED = ['RICH_CONTENT', 'QUICK_REPLIES', 'MULTI_DIALOG'] as const;

/** Closes the conversation as an agent does, so that the survey opens. @see PROTOCOL.md §11.3 */
export const survey: AgentScript = {
  name: 'survey',
  steps: (turn, pace) => [
    ...arriving(turn, pace),
    ...typing(pace.typeMs, publish(plainText(goodbyeFor(turn)))),
    { do: 'close', cause: 'Closed by agent' },
  ],
};

function goodbyeFor({ features }: Turn): string {
  const missing = NEEDED.filter((feature) => !features.includes(feature));
  return missing.length === 0
    ? 'Thank you for the conversation. I close it now; a short survey follows.'
    : `I close the conversation. No survey follows: your client does not announce ${missing.join(', ')}.`;
}
