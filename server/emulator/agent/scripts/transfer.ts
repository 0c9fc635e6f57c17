import { arriving, pause, publish, typing } from '../agent-script.ts';
import type { AgentScript } from '../agent-script.ts';
import { plainText } from '../content.ts';

/** Hands over to another skill, whose agent takes the conversation. @see PROTOCOL.md §8.4.13, §11.2 */
export const transfer: AgentScript = {
  name: 'transfer',
  steps: (turn, pace) => [
    ...arriving(turn, pace),
    ...typing(pace.typeMs, publish(plainText(`One moment, ${turn.colleagueName} will take over.`))),
    { do: 'transfer', skillId: turn.colleagueSkill },
    pause(pace.joinMs),
    { do: 'join' },
    ...typing(
      pace.typeMs,
      publish(
        plainText(
          `Hello, this is ${turn.colleagueName}. ${turn.agentName} told me about you. How can I help?`,
        ),
      ),
    ),
  ],
};
