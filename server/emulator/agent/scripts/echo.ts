import type { ContentEvent, RichContentEvent } from '#protocol/connector/events';

import { arriving, publish, typing } from '../agent-script.ts';
import type { AgentScript } from '../agent-script.ts';
import { plainText } from '../content.ts';

/** Says again what it was told, message by message. */
export const echo: AgentScript = {
  name: 'echo',
  steps(turn, pace) {
    const echoes = turn.messages.map(({ event }) => publish(plainText(wordsFor(event))));
    if (echoes.length === 0) echoes.push(publish(plainText(`You used ${JSON.stringify(turn.used ?? [])}`)));
    return [...arriving(turn, pace), ...typing(pace.typeMs, ...echoes)];
  },
};

function wordsFor(event: ContentEvent | RichContentEvent): string {
  if (event.type === 'RichContentEvent') return 'You sent structured content.';
  if (typeof event.message === 'string') return event.message;
  return event.contentType === 'hosted/file' ? 'You sent a file.' : `You sent ${event.contentType}.`;
}
