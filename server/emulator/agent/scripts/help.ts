import type { ContentEvent } from '#protocol/connector/events';
import { EMULATOR_PERSONAS } from '#protocol/emulator-controls';

import type { Turn } from '../agent-script.ts';
import { plainText, textWithReplies } from '../content.ts';

const LINES: readonly string[] = [
  'I am a script, played by the emulator. I accept and read what you send, type for a moment and answer. Write',
  '• "order 4711" or "where is my order": a card with buttons and quick replies',
  '• "image": I send a picture',
  '• "survey": I close the conversation, so that a survey opens',
  '• "transfer": my colleague takes over',
  '• "note": I write something that only agents may see',
  '• "form": I send something that your client does not know',
  '• "slow": I take my time to type',
  '• "silence": I do not answer',
  `• "/agent" and a name: somebody else serves this conversation (${EMULATOR_PERSONAS.join(', ')})`,
  'Anything else, I repeat.',
];

const REPLIES = [
  { title: 'Where is my order?', text: 'Where is my order?' },
  { title: 'Send an image', text: 'image' },
  { title: 'Transfer', text: 'transfer' },
  { title: 'Survey', text: 'survey' },
];

/** What the greeter can do, with replies to press where the client can show them. */
export const helpAnswer = ({ features }: Turn): ContentEvent =>
  features.includes('QUICK_REPLIES')
    ? textWithReplies(LINES.join('\n'), REPLIES)
    : plainText(LINES.join('\n'));
