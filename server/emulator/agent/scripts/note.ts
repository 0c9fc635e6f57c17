import { arriving, publish, typing } from '../agent-script.ts';
import type { AgentScript } from '../agent-script.ts';
import { plainText } from '../content.ts';

/** Writes a note for agents only, which reaches connectors all the same and must not be shown. @see PROTOCOL.md §8.3 */
export const note: AgentScript = {
  name: 'note',
  steps: (turn, pace) => [
    ...arriving(turn, pace),
    {
      do: 'publish',
      event: plainText('Private note: the consumer tries what a connector does with this.'),
      audience: 'AGENTS_AND_MANAGERS',
    },
    ...typing(
      pace.typeMs,
      publish(plainText('I have written a note. If you can read it, your connector shows too much.')),
    ),
  ],
};
