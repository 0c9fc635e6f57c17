import { once } from 'node:events';
import { createServer } from 'node:net';

/** A port where nobody may knock. */
export interface Trap extends AsyncDisposable {
  readonly port: number;
  /** How many connections were made. */
  readonly visits: number;
}

/** Takes connections on loopback and counts them; a connection says enough, whatever it would carry. */
export async function startTrap(): Promise<Trap> {
  let visits = 0;
  const server = createServer((socket) => {
    visits += 1;
    socket.destroy();
  });
  await once(server.listen(0), 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    get visits() {
      return visits;
    },
    [Symbol.asyncDispose]: async () => {
      const closed = once(server, 'close');
      server.close();
      await closed;
    },
  };
}
