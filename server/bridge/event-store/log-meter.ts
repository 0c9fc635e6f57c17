import type { LogKind } from '#protocol/bridge-events';

/** Is told what came into the log. */
export interface LogMeter {
  stored(kind: LogKind): void;
  /** Entries that the log could not take; whoever gave them was told. */
  notStored(count: number): void;
  /** Entries left out because the log had their delivery key. @see PROTOCOL.md §8.7 */
  duplicates(count: number): void;
}
