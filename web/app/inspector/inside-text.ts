import type { CallUnderWay, LogEntry } from '#protocol/bridge-events';

import { rebuiltNotification } from './rebuilt-notification';

/** Columns that no row shows: they stand in its details. */
export const INSIDE_COLUMNS = ['body', 'header'] as const;

export type InsideColumn = (typeof INSIDE_COLUMNS)[number];

/** What of the log a row is about; a call has none before it is answered. */
export type InsideSource = LogEntry | CallUnderWay;

/** Reads the text of a column, in lower case; `null` where there is none, as of a webhook that was refused. */
export type InsideReader = (source: InsideSource, column: InsideColumn) => string | null;

/** As the log has it, so that what is masked is found by its mask only. */
export const insideText: InsideReader = (source, column) => {
  const texts = column === 'body' ? bodiesOf(source).map(textOf) : headersOf(source).map(linesOf);
  const text = texts.filter((part) => part !== '').join('\n');
  return text === '' ? null : text.toLowerCase();
};

/** The same, each text made once and held for as long as its entry. */
export function rememberedInside(read: InsideReader = insideText): InsideReader {
  const known = { body: new WeakMap<InsideSource, Made>(), header: new WeakMap<InsideSource, Made>() };
  return (source, column) => {
    const made = known[column].get(source) ?? { text: read(source, column) };
    known[column].set(source, made);
    return made.text;
  };
}

interface Made {
  readonly text: string | null;
}

function bodiesOf(source: InsideSource): readonly unknown[] {
  if ('request' in source) return [source.request.body, 'response' in source ? source.response?.body : ''];
  switch (source.kind) {
    case 'notification':
      return [rebuiltNotification([source])];
    case 'message-submitted':
      return [source.event, source.metadata];
    default:
      return [];
  }
}

function headersOf(source: InsideSource): readonly Readonly<Record<string, string>>[] {
  if ('headers' in source) return [source.headers];
  if (!('request' in source)) return [];
  const answered = 'response' in source ? source.response : null;
  return [source.request.headers, answered?.headers ?? {}];
}

/** A quotation mark in a message is found as one writes it, without its escape. */
function textOf(body: unknown): string {
  if (typeof body === 'string') return body;
  return body === undefined || body === null ? '' : JSON.stringify(body).replaceAll(String.raw`\"`, '"');
}

const linesOf = (headers: Readonly<Record<string, string>>): string =>
  Object.entries(headers)
    .map(([name, value]) => `${name}:${value}`)
    .join('\n');
