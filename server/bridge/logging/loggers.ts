import { pino, type DestinationStream, type Logger } from 'pino';

import { maskBody } from './masking.ts';

export type { Logger } from 'pino';

export interface LoggerOptions {
  readonly level: string;
  /** Standard output when absent. */
  readonly destination?: DestinationStream;
}

/** A logger of JSON lines. Whatever is logged passes {@link loggable} first. */
export function createLogger({ level, destination }: LoggerOptions): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    // Pino's own serializer of `err` copies every member of the error, among them the headers of a request.
    serializers: { err: (error: unknown) => error },
    formatters: { level: (label: string) => ({ level: label }), log: loggable },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/** Texts that people wrote to each other: no log needs them. */
const MESSAGE_MEMBERS = new Set(['text', 'message', 'body', 'preview', 'caption']);

/** The fields as they may be written: errors reduced to what finds a defect, secrets and message texts masked. */
export function loggable(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { err, ...others } = fields;
  const open = Object.fromEntries(
    Object.entries(others)
      .filter(([name]) => !MESSAGE_MEMBERS.has(name))
      .map(([name, value]) => [name, shortened(value)]),
  );
  const masked = maskBody(open);
  return {
    ...(typeof masked === 'object' ? masked : {}),
    ...(err === undefined ? {} : { err: errorFields(err) }),
  };
}

/** What strangers send, as a path or the name of an account, must not fill the disk through the log. */
const MOST_CHARACTERS = 256;

const shortened = (value: unknown): unknown =>
  typeof value === 'string' && value.length > MOST_CHARACTERS ? `${value.slice(0, MOST_CHARACTERS)}…` : value;

function errorFields(error: unknown, depth = 0): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error, message: String(error) };
  return {
    type: error.name,
    message: error.message,
    ...('code' in error && { code: String(error.code) }),
    stack: error.stack,
    ...(error.cause !== undefined && depth < 5 && { cause: errorFields(error.cause, depth + 1) }),
  };
}
