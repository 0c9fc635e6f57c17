/** An `EventSource` whose other end is the spec. */
export class FakeEventSource extends EventTarget {
  readyState: number = EventSource.CONNECTING;
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  /** Called when the page closes the stream. */
  onClose: () => void = () => undefined;

  constructor(readonly url: string) {
    super();
  }

  /** The stream is open. */
  open(): void {
    this.readyState = EventSource.OPEN;
    this.onopen?.();
  }

  send(name: string, data: unknown): void {
    this.dispatchEvent(new MessageEvent(name, { data: JSON.stringify(data) }));
  }

  /** The connection drops; the browser tries again by itself. */
  drop(): void {
    this.readyState = EventSource.CONNECTING;
    this.onerror?.();
  }

  /** The bridge refuses the stream; the browser gives up. */
  refuse(): void {
    this.readyState = EventSource.CLOSED;
    this.onerror?.();
  }

  close(): void {
    this.readyState = EventSource.CLOSED;
    this.onClose();
  }

  get isClosed(): boolean {
    return this.readyState === EventSource.CLOSED;
  }
}

/** Opens fake streams and keeps them, the newest last. */
export class FakeEventSources {
  readonly opened: FakeEventSource[] = [];
  /** Called when a stream was opened or closed. */
  onChange: () => void = () => undefined;

  readonly open = (url: string): EventSource => {
    const source = new FakeEventSource(url);
    source.onClose = () => this.onChange();
    this.opened.push(source);
    this.onChange();
    return source as unknown as EventSource;
  };

  get last(): FakeEventSource {
    const last = this.opened.at(-1);
    if (last === undefined) throw new Error('No stream was opened');
    return last;
  }
}
