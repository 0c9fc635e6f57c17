import type { LocalMessage } from './local-messages';
import { hostedFileOf } from './message-content';

export const NO_MESSAGES: readonly LocalMessage[] = [];

/** The page that was sending it is gone, and its call with it. */
export const asCutOff = (local: LocalMessage): LocalMessage => ({
  ...local,
  isSending: false,
  isCutOff: local.failure === null,
});

/** Two tabs may have left the same message: one was a copy of the other. */
export const eachOnce = (held: readonly LocalMessage[]): readonly LocalMessage[] => [
  ...new Map(held.map((local) => [local.clientMessageId, local])).values(),
];

/** How many have not reached the bridge, as far as this page knows. */
export const countUnsent = (held: readonly LocalMessage[]): number =>
  held.filter(({ isSending, isCutOff, failure }) => isSending || isCutOff === true || failure !== null)
    .length;

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
