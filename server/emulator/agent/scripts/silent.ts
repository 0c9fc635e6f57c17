import type { AgentScript } from '../agent-script.ts';

/** Nobody at the desk: the conversation stays in the queue. */
export const silent: AgentScript = { name: 'silent', steps: () => [] };
