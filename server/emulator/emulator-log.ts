/** Where the emulator tells what it does: fields, then a constant sentence. A pino logger fits. */
export interface EmulatorLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export const silentLog: EmulatorLog = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
