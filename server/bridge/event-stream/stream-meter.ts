/** Is told what goes out on the streams of all browsers. */
export interface StreamMeter {
  /** A stream opened; dispose of the answer when it has ended. */
  opened(): Disposable;
  /** Entries were written. `replay`: the stream had not caught up with what was stored when it opened. */
  sent(phase: 'replay' | 'live', count: number): void;
  /** The reader was told that entries are gone, or that it must start anew. */
  noticed(notice: 'gap' | 'reset'): void;
}
