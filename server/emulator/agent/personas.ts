import type { EmulatorPersona } from '#protocol/emulator-controls';

import type { AgentScript } from './agent-script.ts';
import { echo } from './scripts/echo.ts';
import { greeter } from './scripts/greeter.ts';
import { human } from './scripts/human.ts';
import { image } from './scripts/image.ts';
import { order } from './scripts/order.ts';
import { silent } from './scripts/silent.ts';
import { slow } from './scripts/slow.ts';
import { survey } from './scripts/survey.ts';

/** The script of each persona that an account or a conversation can be given. */
export const PERSONAS: Readonly<Record<EmulatorPersona, AgentScript>> = {
  greeter,
  echo,
  order,
  image,
  survey,
  slow,
  human,
  silent,
};
