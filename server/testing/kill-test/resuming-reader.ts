import { setTimeout as wait } from 'node:timers/promises';

/** What a reader got, in the order in which it got it. */
export interface ReadEntry {
  readonly sequence: number;
  readonly json: string;
}

const RETRY_MS = 20;

/** Reads the stream as a browser does: lost connections are opened again with the last id that was read. */
export class ResumingReader {
  readonly entries: ReadEntry[] = [];
  /** Notices that entries are gone or the log is another: none may come. */
  readonly notices: string[] = [];
  private readonly url: () => string;
  private readonly headers: Readonly<Record<string, string>>;
  private connections = 0;
  private lastId = '';
  private connection = new AbortController();
  private isClosed = false;
  private hasData = false;

  constructor(url: () => string, headers: Readonly<Record<string, string>>) {
    this.url = url;
    this.headers = headers;
  }

  /** How often the connection was opened again. */
  get reconnects(): number {
    return Math.max(0, this.connections - 1);
  }

  /** Whether a connection is open and something has come on it. */
  get isReading(): boolean {
    return this.hasData && !this.connection.signal.aborted;
  }

  /** Breaks the connection off in the middle of whatever comes; the reader opens it again. */
  drop(): void {
    this.connection.abort();
  }

  close(): void {
    this.isClosed = true;
    this.connection.abort();
  }

  /** Reads until it is closed. */
  async run(): Promise<void> {
    while (!this.isClosed) {
      this.connection = new AbortController();
      try {
        await this.read(this.connection.signal);
      } catch {
        // Lost: by our own wish or with the bridge. What counts is what comes after the next connection.
        await wait(RETRY_MS);
      } finally {
        this.hasData = false;
      }
    }
  }

  private async read(signal: AbortSignal): Promise<void> {
    const resume = this.lastId === '' ? {} : { 'last-event-id': this.lastId };
    const response = await fetch(this.url(), { headers: { ...this.headers, ...resume }, signal });
    if (!response.ok || response.body === null) throw new Error(`the stream answered ${response.status}`);
    this.connections += 1;
    let text = '';
    for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
      this.hasData = true;
      const blocks = (text + chunk).split('\n\n');
      // The last one is not complete yet; a connection that ends here loses it, and gets it again.
      text = blocks.pop() ?? '';
      for (const block of blocks) this.take(block);
    }
  }

  private take(block: string): void {
    const fields = new Map(block.split('\n').map((line) => split(line)));
    const event = fields.get('event');
    if (event === 'gap' || event === 'reset') this.notices.push(event);
    if (event !== 'entry') return;
    this.lastId = fields.get('id') ?? '';
    this.entries.push({ sequence: Number(this.lastId), json: fields.get('data') ?? '' });
  }
}

function split(line: string): [string, string] {
  const colon = line.indexOf(': ');
  return [line.slice(0, colon), line.slice(colon + 2)];
}
