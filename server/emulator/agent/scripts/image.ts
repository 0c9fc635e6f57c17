import { arriving, publish, typing } from '../agent-script.ts';
import type { AgentScript } from '../agent-script.ts';
import { plainText } from '../content.ts';
import { demoPicture } from '../demo-picture.ts';

/** Sends a picture through the object store. @see PROTOCOL.md §6.3.2, §7 */
export const image: AgentScript = {
  name: 'image',
  steps: (turn, pace) => [
    ...arriving(turn, pace),
    ...typing(pace.typeMs, { do: 'send-file', file: demoPicture() }),
    publish(plainText('Here is a picture for you.')),
  ],
};
