import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

import { streamRequest, type Target } from './target.ts';

/** Opened at a time, so that no queue of the kernel runs over. */
const AT_ONCE = 100;
const CAUGHT_UP = 'event: caught-up';

/** Streams of one bridge or relay, read and counted. */
export class ReadingConnections {
  private readonly sockets = new Set<Socket>();
  private readonly target: Target;
  private readonly onText: (text: string) => void;

  /** @param onText Gets what comes, in whatever pieces it comes. */
  constructor(target: Target, onText: (text: string) => void) {
    this.target = target;
    this.onText = onText;
  }

  /** Resolves when all of them have caught up. */
  async open(count: number): Promise<void> {
    for (let opened = 0; opened < count; opened += AT_ONCE) {
      await Promise.all(Array.from({ length: Math.min(AT_ONCE, count - opened) }, () => this.openOne()));
    }
  }

  close(): void {
    for (const socket of this.sockets) socket.destroy();
    this.sockets.clear();
  }

  private async openOne(): Promise<void> {
    const { hostname, port } = new URL(this.target.origin);
    const socket = connect(Number(port), hostname);
    this.sockets.add(socket);
    // Told by the event `close` that follows.
    socket.on('error', () => undefined);
    socket.setEncoding('latin1');
    await once(socket, 'connect');
    socket.write(streamRequest(this.target));
    let head = '';
    const isReady = Promise.withResolvers<undefined>();
    const untilReady = (text: string): void => {
      head += text;
      if (!head.includes(CAUGHT_UP)) return;
      socket.off('data', untilReady);
      isReady.resolve(undefined);
    };
    socket.on('data', untilReady);
    socket.once('close', () => isReady.reject(new Error(`the stream ended: ${head.slice(0, 200)}`)));
    await isReady.promise;
    socket.on('data', this.onText);
  }
}
