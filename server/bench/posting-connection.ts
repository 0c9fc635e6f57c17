import { connect, type Socket } from 'node:net';

const HEAD_END = '\r\n\r\n';

/** A kept-alive connection that posts one request after the other, with as little work as can be: the load is not what is measured. */
export class PostingConnection {
  private readonly socket: Socket;
  private received = '';
  private answered: ((status: number) => void) | null = null;

  constructor(origin: string) {
    const { hostname, port } = new URL(origin);
    this.socket = connect(Number(port), hostname).setNoDelay(true);
    this.socket.setEncoding('latin1');
    this.socket.on('data', (text: string) => this.take(text));
    // Whoever waits for an answer must not wait for ever.
    this.socket.once('close', () => this.answered?.(0));
    this.socket.on('error', () => undefined);
  }

  /** Resolves with the status of the answer; 0: the connection was lost. */
  post(request: Buffer): Promise<number> {
    return new Promise((resolve) => {
      this.answered = resolve;
      this.socket.write(request);
    });
  }

  close(): void {
    this.socket.destroy();
  }

  private take(text: string): void {
    this.received += text;
    const headEnd = this.received.indexOf(HEAD_END);
    if (headEnd === -1 || !this.isWhole(headEnd + HEAD_END.length)) return;
    const status = Number(this.received.slice(9, 12));
    this.received = '';
    const answered = this.answered;
    this.answered = null;
    answered?.(status);
  }

  private isWhole(bodyStart: number): boolean {
    const length = /content-length: (\d+)/i.exec(this.received)?.[1];
    if (length === undefined) return this.received.endsWith('0\r\n\r\n');
    return this.received.length >= bodyStart + Number(length);
  }
}
