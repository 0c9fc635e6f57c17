import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { Worker } from 'node:worker_threads';

/** Listens, with room for one connection, and then never looks again. */
const PROGRAM = `
const { createServer } = require('node:net');
const { parentPort, workerData } = require('node:worker_threads');
const server = createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
  parentPort.postMessage(server.address().port);
  setImmediate(() => Atomics.wait(workerData, 0, 0));
});
`;

/** A port on this machine to which a connection is neither made nor refused. */
export class DeafEndpoint implements AsyncDisposable {
  readonly url: string;
  private readonly worker: Worker;
  private readonly fillers: readonly Socket[];

  private constructor(worker: Worker, port: number, fillers: readonly Socket[]) {
    this.worker = worker;
    this.fillers = fillers;
    this.url = `http://127.0.0.1:${port}/`;
  }

  static async start(): Promise<DeafEndpoint> {
    const workerData = new Int32Array(new SharedArrayBuffer(4));
    const worker = new Worker(PROGRAM, { eval: true, workerData });
    const told: unknown[] = await once(worker, 'message');
    const port = Number(told[0]);
    // The system takes connections on the program's behalf until its queue is full.
    const fillers = Array.from({ length: 8 }, () => connect(port, '127.0.0.1').on('error', () => undefined));
    await Promise.any(fillers.map((socket) => once(socket, 'connect')));
    return new DeafEndpoint(worker, port, fillers);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.fillers) socket.destroy();
    await this.worker.terminate();
  }
}
