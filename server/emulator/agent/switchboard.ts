import { EMULATOR_PERSONAS, type EmulatorPersona } from '#protocol/emulator-controls';

import { asPerson, lastTextOf } from './agent-script.ts';
import type { AgentScript, Turn } from './agent-script.ts';
import { plainText } from './content.ts';

/** The consumer asks to be served by somebody else. */
export interface Switching {
  /** As it was written. */
  readonly asked: string;
  /** `null`: there is no such persona. */
  readonly persona: EmulatorPersona | null;
}

const isEmulatorPersona = (name: string): name is EmulatorPersona =>
  (EMULATOR_PERSONAS as readonly string[]).includes(name);

/** What is written to choose a persona for the conversation: `/agent order`. */
const COMMAND = /^\s*\/agent\b\s*(\S*)\s*$/i;

/** Whether the consumer's last message chooses a persona; `null`: it does not. */
export function switchingIn(turn: Turn): Switching | null {
  const found = COMMAND.exec(lastTextOf(turn) ?? '');
  if (!found) return null;
  const asked = found[1] ?? '';
  const name = asked.toLowerCase();
  return { asked, persona: isEmulatorPersona(name) ? name : null };
}

/** Says who serves from now on; the persona itself begins with the next message. */
export const switchingScript = (switching: Switching): AgentScript => ({
  name: 'switchboard',
  steps: (turn, pace) => asPerson(turn, pace, plainText(sentenceAbout(switching))),
});

function sentenceAbout({ asked, persona }: Switching): string {
  if (persona === 'silent') return 'From now on nobody answers here. Write "/agent greeter" to have me back.';
  if (persona) return `From now on "${persona}" serves this conversation. "/agent greeter" brings me back.`;
  const names = EMULATOR_PERSONAS.join(', ');
  return asked === '' ? `Write "/agent" and one of: ${names}.` : `There is no "${asked}". I know: ${names}.`;
}
