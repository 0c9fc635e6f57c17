import { arriving, lastTextOf, pause, publish, typing } from '../agent-script.ts';
import type { AgentScript } from '../agent-script.ts';
import { plainText } from '../content.ts';
import { quoted } from './quoted.ts';

/** How often typing is begun again before anything is sent. */
const ATTEMPTS = 3;
/** How much longer than others it types each time. */
const SLOWNESS = 3;

/** Types, stops, types again, and then says little. @see PROTOCOL.md §8.4.5 */
export const slow: AgentScript = {
  name: 'slow',
  steps(turn, pace) {
    const typeMs = pace.typeMs * SLOWNESS;
    const attempts = Array.from({ length: ATTEMPTS - 1 }, () => [
      ...typing(typeMs),
      pause(pace.readMs * SLOWNESS),
    ]);
    const text = lastTextOf(turn);
    const answer = text === null ? 'Received.' : `“${quoted(text)}” … I see.`;
    return [...arriving(turn, pace), ...attempts.flat(), ...typing(typeMs, publish(plainText(answer)))];
  },
};
