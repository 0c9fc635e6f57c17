import { MAX_EVENT_CHARACTERS } from '#protocol/bridge-api';
import { ACCEPT_STATUSES, CHAT_STATES, type RawEvent } from '#protocol/connector/events';

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
  const value = parse(text);
  if (value instanceof SyntaxError) return error($localize`This is not valid JSON\: “${value.message}”`);
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
    ...(message === undefined ? [$localize`"message" is missing.`] : []),
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

const isDocumented = (type: string): type is keyof typeof RULES => Object.hasOwn(RULES, type);

const isSequenceList = (list: unknown): boolean =>
  Array.isArray(list) && list.length > 0 && list.every((sequence) => Number.isSafeInteger(sequence));

const unknownType: Rule = () => [
  $localize`This type is not documented; known are ${Object.keys(RULES).join(', ')}.`,
];

const error = (words: string): RawEventReading => ({ kind: 'error', words });

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (failure) {
    return failure instanceof SyntaxError ? failure : new SyntaxError(String(failure));
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
