import type { LocalMessage } from './local-messages';
import { hostedFileOf } from './message-content';

export const NO_MESSAGES: readonly LocalMessage[] = [];

/** The page that was sending it is gone, and its call with it. */
export const asCutOff = (local: LocalMessage): LocalMessage => ({
  ...local,
  isSending: false,
  isCutOff: local.failure === null,
});

/** Whether what the tab kept can be messages of this version. */
export function isLocalMessages(kept: unknown): kept is readonly LocalMessage[] {
  return Array.isArray(kept) && kept.every(isLocalMessage);
}

function isLocalMessage(kept: unknown): boolean {
  if (!isRecord(kept)) return false;
  const { clientMessageId, conversationId, dialogId, content, metadata, replaces, at, failure } = kept;
  return (
    areTexts(clientMessageId, conversationId, dialogId, replaces ?? '') &&
    typeof at === 'number' &&
    isContent(content) &&
    (metadata === null || (Array.isArray(metadata) && metadata.every(isRecord))) &&
    (failure === null || isFailure(failure))
  );
}

/** Nothing else is sent from here. */
function isContent(kept: unknown): boolean {
  if (!isRecord(kept)) return false;
  const { kind, text, file } = kept;
  return kind === 'text' ? areTexts(text) : kind === 'file' && hostedFileOf(file) !== null;
}

function isFailure(kept: unknown): boolean {
  if (!isRecord(kept) || !isRecord(kept['problem'])) return false;
  const { code, title, detail } = kept['problem'];
  return areTexts(code, title, detail);
}

const areTexts = (...kept: readonly unknown[]): boolean => kept.every((one) => typeof one === 'string');

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
