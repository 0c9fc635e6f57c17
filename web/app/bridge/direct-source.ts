import { STREAM_EVENTS } from '#protocol/bridge-events';

import type { LogSource, SourceReader } from './log-source';

type StreamReader = Pick<SourceReader, 'opened' | 'received' | 'lost'>;

/** The bridge's stream itself. */
export class DirectSource implements LogSource {
  private source: EventSource;

  /** @param open Asks the bridge for what comes after the reader's newest entry. */
  constructor(
    private readonly open: () => EventSource,
    private readonly reader: StreamReader,
  ) {
    this.source = this.connect();
  }

  retry(): void {
    this.source.close();
    this.source = this.connect();
  }

  /** Nobody shares this stream: the bridge tells the others. */
  tellSignedOut(): void {
    // Each tab has its own farewell from the bridge.
  }

  close(): void {
    this.source.close();
  }

  private connect(): EventSource {
    const { reader } = this;
    const source = this.open();
    for (const name of Object.values(STREAM_EVENTS)) {
      source.addEventListener(name, ({ data }: MessageEvent<string>) =>
        reader.received({ name, data, at: Date.now() }),
      );
    }
    source.onopen = () => reader.opened(Date.now());
    // EventSource tries again by itself after a dropped connection, but gives up after a refusal.
    source.onerror = () => reader.lost(source.readyState === EventSource.CLOSED);
    return source;
  }
}
