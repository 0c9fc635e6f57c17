import { arriving, publish, typing } from '../agent-script.ts';
import type { AgentScript } from '../agent-script.ts';
import { plainText } from '../content.ts';

/** Sends content of a type that no public page spells out: a client must show it as not supported. @see PROTOCOL.md §8.4.6 */
export const form: AgentScript = {
  name: 'form',
  steps: (turn, pace) => [
    ...arriving(turn, pace),
    publish({
      type: 'ContentEvent',
      message: { title: 'Secure form', formId: 'demo-form', invitationId: 'demo-invitation' },
      contentType: 'forms/secure-invitation',
    }),
    ...typing(pace.typeMs, publish(plainText('I have sent you a secure form. Most clients cannot show it.'))),
  ],
};
