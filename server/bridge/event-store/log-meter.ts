import type { LogKind } from '#protocol/bridge-events';

/** Is told what came into the log. */
export interface LogMeter {
  stored(kind: LogKind): void;
  /** Entries left out because the log had their delivery key. @see PROTOCOL.md §8.7 */
  duplicates(count: number): void;
}
