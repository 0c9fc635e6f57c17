import type { AgentActRequest } from '#protocol/emulator-controls';

import type { ConversationControl } from '../upstream/emulator-control-client.ts';

/** Skill of the agent for billing. */
const OTHER_SKILL = '1002';

const button = (title: string, id: string) => ({
  ...{ type: 'button', title, tooltip: title },
  click: {
    actions: [{ type: 'publishText', text: title }],
    metadata: [{ type: 'ExternalId', id }],
  },
});

const CARD = {
  type: 'vertical',
  elements: [
    { type: 'text', text: 'Blue shoe', tooltip: 'Blue shoe', style: { bold: true, size: 'large' } },
    { type: 'text', text: 'Size 42 · 49 €', tooltip: 'Size 42 · 49 €' },
    button('Add to cart', 'blue-shoe'),
  ],
};

const REPLIES = {
  type: 'quickReplies',
  itemsPerRow: 8,
  replies: [button('Yes', 'yes'), button('No', 'no')],
};

const say = (body: unknown): ConversationControl => ({ method: 'POST', verb: 'say', body });

/** What the emulator's control API is asked for, so that the agent does it. */
export function controlOf(asked: AgentActRequest): ConversationControl {
  switch (asked.act) {
    case 'say':
      return say({ text: asked.text });
    case 'chat-state':
      return say({ chatState: asked.chatState });
    case 'receipt':
      return say({ acceptStatus: asked.status });
    case 'persona':
      return { method: 'PUT', verb: 'persona', body: { persona: asked.persona } };
    default:
      return PLAIN[asked.act];
  }
}

const PLAIN: Readonly<Record<PlainAct, ConversationControl>> = {
  join: { method: 'POST', verb: 'join', body: {} },
  transfer: { method: 'POST', verb: 'transfer', body: { skillId: OTHER_SKILL } },
  structured: say({ richContent: CARD }),
  'quick-replies': say({ text: 'Do you like it?', quickReplies: REPLIES }),
  close: { method: 'POST', verb: 'close', body: {} },
  'close-all': { method: 'POST', verb: 'close', body: { everything: true } },
};

type PlainAct = Exclude<AgentActRequest['act'], 'say' | 'chat-state' | 'receipt' | 'persona'>;
