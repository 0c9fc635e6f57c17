import { createLogger, type Logger } from '../bridge/logging/loggers.ts';

/** A logger that keeps its lines. */
export interface RecordingLogger {
  readonly log: Logger;
  readonly lines: readonly string[];
}

export function recordingLogger(level = 'debug'): RecordingLogger {
  const lines: string[] = [];
  const log = createLogger({ level, destination: { write: (line) => void lines.push(line) } });
  return { log, lines };
}
