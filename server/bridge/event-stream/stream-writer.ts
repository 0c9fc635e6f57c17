import type { Socket } from 'node:net';

import { sseFrame } from './sse-frame.ts';

/** Writes server-sent events to the connection of one browser, never faster than it reads. */
export class StreamWriter {
  private readonly socket: Socket;

  constructor(socket: Socket) {
    this.socket = socket;
  }

  get isOpen(): boolean {
    return this.socket.writable;
  }

  /** Whether what was written has not been taken yet; more would pile up in memory. */
  get isBusy(): boolean {
    // A large write asks for a drain also when the system took all of it at once.
    return this.socket.writableNeedDrain && this.socket.writableLength > 0;
  }

  tell(event: string, data: object): void {
    this.write(sseFrame(event, JSON.stringify(data)));
  }

  write(bytes: Buffer | string): void {
    if (this.isOpen) this.socket.write(bytes);
  }

  /** Waits until a slow reader has caught up or is gone, so that what it has not read stays in the store. */
  async drained(): Promise<void> {
    const { socket } = this;
    if (!this.isBusy) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        socket.off('drain', done).off('close', done);
        resolve();
      };
      socket.on('drain', done).on('close', done);
    });
  }

  /** Closes the connection when everything that was written has gone out. */
  end(): void {
    this.socket.destroySoon();
  }

  /** Ends the connection of a reader that takes nothing, with all that waits for it in memory. */
  cut(): void {
    this.socket.destroy();
  }
}
