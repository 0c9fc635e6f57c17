import { MAX_EVENT_CHARACTERS } from '#protocol/bridge-api';
import { ACCEPT_STATUSES, CHAT_STATES, type RawEvent } from '#protocol/connector/events';

import { jsonMistakeWords } from '../../ui/json-mistake';

/** What a text in the editor is: an event with what is odd about it, or why it is none. */
export type RawEventReading =
  | { readonly kind: 'event'; readonly event: RawEvent; readonly warnings: readonly string[] }
  | { readonly kind: 'error'; readonly words: string };

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Reads the event of an `ms.PublishEvent`. Only what the bridge could not pass on is an error: a wrong event is worth
 * sending, to see what the cloud says. @see PROTOCOL.md §6.3
 */
export function readRawEvent(text: string): RawEventReading {
  if (text.length > MAX_EVENT_CHARACTERS) {
    return error(
      $localize`An event has up to ${MAX_EVENT_CHARACTERS} characters, this one has ${text.length}.`,
    );
  }
  const parsed = parse(text);
  if ('mistake' in parsed) return error(parsed.mistake);
  const { value } = parsed;
  if (!isRecord(value)) return error($localize`An event is a JSON object: ${'{ "type": … }'}`);
  const { type, ...rest } = value;
  if (typeof type !== 'string' || type === '')
    return error($localize`An event needs a "type", e.g. "ContentEvent".`);
  const warnings = (isDocumented(type) ? RULES[type] : unknownType)(rest);
  return { kind: 'event', event: { ...rest, type }, warnings };
}

type Rule = (event: Readonly<Record<string, unknown>>) => readonly string[];

const RULES = {
  ContentEvent: ({ contentType, message }) => [
    ...(typeof contentType === 'string' ? [] : [$localize`"contentType" is missing, e.g. "text/plain".`]),
    ...messageWarnings(contentType, message),
  ],
  RichContentEvent: ({ content }) => (isRecord(content) ? [] : [$localize`"content" must be an object.`]),
  ChatStateEvent: ({ chatState }) =>
    CHAT_STATES.some((state) => state === chatState)
      ? []
      : [$localize`"chatState" is one of ${CHAT_STATES.join(', ')}.`],
  AcceptStatusEvent: ({ status, sequenceList }) => [
    ...(ACCEPT_STATUSES.some((known) => known === status)
      ? []
      : [$localize`"status" is one of ${ACCEPT_STATUSES.join(', ')}.`]),
    ...(isSequenceList(sequenceList) ? [] : [$localize`"sequenceList" is an array of sequences.`]),
  ],
} satisfies Readonly<Record<string, Rule>>;

const messageWarnings = (contentType: unknown, message: unknown): readonly string[] => {
  if (contentType === 'hosted/file') return fileWarnings(message);
  if (message === undefined || message === null) return [$localize`"message" is missing.`];
  const isText = contentType === undefined || contentType === 'text/plain';
  return isText && typeof message !== 'string' ? [$localize`"message" of a text is a string.`] : [];
};

/** @see PROTOCOL.md §6.3.2 */
function fileWarnings(message: unknown): readonly string[] {
  if (!isRecord(message))
    return [$localize`"message" of a file is an object with ${FILE_MEMBERS.join(', ')}.`];
  const missing = FILE_MEMBERS.filter((name) => typeof message[name] !== 'string');
  return missing.map((name) => $localize`"message" of a file needs ${name}, a string.`);
}

const FILE_MEMBERS = ['caption', 'relativePath', 'fileType'] as const;

const isDocumented = (type: string): type is keyof typeof RULES => Object.hasOwn(RULES, type);

const isSequenceList = (list: unknown): boolean =>
  Array.isArray(list) && list.length > 0 && list.every((sequence) => Number.isSafeInteger(sequence));

const unknownType: Rule = () => [
  $localize`This type is not documented; known are ${Object.keys(RULES).join(', ')}.`,
];

const error = (words: string): RawEventReading => ({ kind: 'error', words });

function parse(text: string): { readonly value: unknown } | { readonly mistake: string } {
  try {
    return { value: JSON.parse(text) };
  } catch (failure) {
    // Why it is not JSON is for the person to read.
    return { mistake: jsonMistakeWords(text, failure) };
  }
}

/** Where one begins to write. */
export const RAW_EVENT_EXAMPLES: readonly { readonly name: string; readonly event: RawEvent }[] = [
  { name: $localize`Text`, event: { type: 'ContentEvent', contentType: 'text/plain', message: 'Hello' } },
  { name: $localize`Chat state`, event: { type: 'ChatStateEvent', chatState: 'COMPOSING' } },
  { name: $localize`Accept status`, event: { type: 'AcceptStatusEvent', status: 'READ', sequenceList: [0] } },
  {
    name: $localize`Structured`,
    event: {
      type: 'RichContentEvent',
      content: { type: 'vertical', elements: [{ type: 'text', text: 'Hello', tooltip: 'Hello' }] },
    },
  },
];
