import type { HostedFile } from '#protocol/connector/events';

/** What a bubble can show. Anything the cloud sends becomes one of these; nothing is dropped or guessed. */
export type MessageContent = TextContent | FileContent | StructuredContent | UnsupportedContent;

export interface TextContent {
  readonly kind: 'text';
  readonly text: string;
}

export interface FileContent {
  readonly kind: 'file';
  readonly file: HostedFile;
}

/** Rich content; `texts` are the words in it, in order. @see PROTOCOL.md §12 */
export interface StructuredContent {
  readonly kind: 'structured';
  readonly texts: readonly string[];
  /** As it came; nothing of it may be used unread. */
  readonly content: unknown;
}

/** Something this app has no picture of; `what` names it as the cloud did. @see PROTOCOL.md §8.4.6 */
export interface UnsupportedContent {
  readonly kind: 'unsupported';
  readonly what: string;
}

type RawEvent = Readonly<Record<string, unknown>> & { readonly type: string };

/** Depth and number of words that a card takes from structured content, so that a hostile payload stays cheap. */
const MAX_DEPTH = 12;
const MAX_TEXTS = 12;

/** Reads a message's event; never throws, whatever the event holds. */
export function readContent(event: RawEvent): MessageContent {
  if (event.type === 'RichContentEvent') return structured(event['content']);
  if (event.type !== 'ContentEvent') return { kind: 'unsupported', what: event.type };
  const { contentType, message } = event;
  const file = contentType === 'hosted/file' ? hostedFileOf(message) : null;
  if (file !== null) return { kind: 'file', file };
  // The oldest deliveries carry no content type.
  if (typeof message === 'string' && (contentType === undefined || contentType === 'text/plain')) {
    return { kind: 'text', text: message };
  }
  return { kind: 'unsupported', what: typeof contentType === 'string' ? contentType : event.type };
}

/** One line for lists: what the message says, or what it is. */
export function contentSummary(content: MessageContent): string {
  switch (content.kind) {
    case 'text':
      return content.text.trim();
    case 'file':
      return $localize`File: ${content.file.caption ?? content.file.fileType}`;
    case 'structured':
      return content.texts[0] ?? $localize`Structured content`;
    case 'unsupported':
      return $localize`Not supported: ${content.what}`;
    default:
      return content satisfies never;
  }
}

/** Whether two contents are the same message, as far as the cloud hands it back. */
export function isSameContent(one: MessageContent, other: MessageContent): boolean {
  if (one.kind === 'text' && other.kind === 'text') return one.text === other.text;
  if (one.kind === 'file' && other.kind === 'file') return one.file.relativePath === other.file.relativePath;
  return one.kind === other.kind && contentSummary(one) === contentSummary(other);
}

function structured(content: unknown): StructuredContent {
  const texts: string[] = [];
  collectTexts(content, texts, 0);
  return { kind: 'structured', texts, content };
}

function collectTexts(node: unknown, texts: string[], depth: number): void {
  if (!isRecord(node) || depth > MAX_DEPTH || texts.length >= MAX_TEXTS) return;
  const words = [node['text'], node['title'], node['caption']].find((word) => typeof word === 'string');
  if (typeof words === 'string' && words.trim() !== '') texts.push(words.trim());
  const { elements } = node;
  if (!Array.isArray(elements)) return;
  for (const element of elements) collectTexts(element, texts, depth + 1);
}

/** A file of the cloud's storage as a message names it; `null`: it is none. */
export function hostedFileOf(value: unknown): HostedFile | null {
  if (!isRecord(value)) return null;
  const { relativePath, fileType, caption, preview } = value;
  if (typeof relativePath !== 'string' || typeof fileType !== 'string') return null;
  return {
    ...{ relativePath, fileType },
    ...(typeof caption === 'string' && { caption }),
    ...(typeof preview === 'string' && { preview }),
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
