import { styleText } from 'node:util';

import type { EmulatorLog } from './emulator-log.ts';

export type LineLevel = 'silent' | 'error' | 'warn' | 'info' | 'debug';

export interface LogLinesOptions {
  readonly level: LineLevel;
  readonly now: () => Date;
  readonly isColoured: boolean;
  readonly write: (line: string) => void;
}

type Fields = Readonly<Record<string, unknown>>;
type Told = 'error' | 'warn' | 'info';

const RANK: Readonly<Record<LineLevel, number>> = { silent: 0, error: 1, warn: 2, info: 3, debug: 4 };
const COLOURS = { error: 'red', warn: 'yellow', info: 'green' } as const;

/**
 * The log for people who watch it: a line for each thing that happens, webhooks with where they went and what came of it.
 *
 *     19:41:07  ms.MessagingEventNotification.ContentEvent → http://localhost:9000/hook  200  12 ms
 */
export function logLines({ level, now, isColoured, write }: LogLinesOptions): EmulatorLog {
  const tell =
    (told: Told) =>
    (fields: object, message: string): void => {
      if (RANK[told] > RANK[level]) return;
      const colour = (text: string): string =>
        isColoured ? styleText(COLOURS[told], text, { validateStream: false }) : text;
      const words = 'eventType' in fields ? webhookWords({ ...fields }, message, told, colour) : null;
      write(`${timeOf(now())}  ${words ?? otherWords({ ...fields }, message, told, colour)}\n`);
    };
  return { error: tell('error'), warn: tell('warn'), info: tell('info') };
}

type Colour = (text: string) => string;

function webhookWords(fields: Fields, message: string, told: Told, colour: Colour): string {
  const { eventType, endpoint, status, failure, durationMs, attempt, redelivery } = fields;
  const outcome = status ?? failure;
  return [
    `${text(eventType)} → ${endpoint === undefined ? 'nowhere' : text(endpoint)}`,
    ...(outcome === undefined ? [] : [colour(text(outcome))]),
    ...(typeof durationMs === 'number' ? [`${Math.round(durationMs)} ms`] : []),
    ...(told === 'info' ? [] : [colour(message)]),
    ...(typeof attempt === 'number' && attempt > 1 ? [`try ${attempt}`] : []),
    ...(typeof redelivery === 'number' ? [`redelivery ${redelivery}`] : []),
  ].join('  ');
}

function otherWords(fields: Fields, message: string, told: Told, colour: Colour): string {
  const rest = Object.entries(fields)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => `${name}=${text(value)}`);
  return [told === 'info' ? message : colour(message), ...rest].join('  ');
}

function text(value: unknown): string {
  if (value instanceof Error) return value.message;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Of the clock on the wall. */
const timeOf = (date: Date): string => date.toTimeString().slice(0, 8);
