import type { Server as HttpServer } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import type { Socket } from 'node:net';

/** First byte of a TLS connection: a handshake record. No HTTP method begins with it. */
const TLS_HANDSHAKE = 0x16;

/**
 * Lets each of two servers take the connections of the other's kind too, so that a client may speak either protocol on
 * either port. Clients that ask the directory over plain HTTP, yet paste `https://` before the hosts that it names, need
 * this: the cloud's hosts have both ports under one name. @see PROTOCOL.md §1.2
 *
 * @param silenceMs How long a connection may say nothing before it is ended.
 * @returns Ends every connection, those included that no server has been given yet or that are shaking hands.
 */
export function shareConnections(plain: HttpServer, secure: HttpsServer, silenceMs: number): () => void {
  const open = new Set<Socket>();
  const handOver = { plain: takeConnections(plain), secure: takeConnections(secure) };
  const admit = (socket: Socket): void => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    listenTo(socket, silenceMs, (first) => {
      handOver[first[0] === TLS_HANDSHAKE ? 'secure' : 'plain'](socket);
    });
  };
  plain.on('connection', admit);
  secure.on('connection', admit);
  return () => {
    for (const socket of open) socket.destroy();
  };
}

/** Waits for the first bytes, which are put back for whoever takes the connection. */
function listenTo(socket: Socket, silenceMs: number, take: (first: Buffer) => void): void {
  const end = (): void => void socket.destroy();
  socket.setTimeout(silenceMs, end);
  socket.once('error', end);
  socket.once('data', (first: Buffer) => {
    socket.setTimeout(0);
    socket.off('timeout', end);
    socket.off('error', end);
    socket.pause();
    socket.unshift(first);
    take(first);
    process.nextTick(() => socket.resume());
  });
}

/** Takes from the server what it does with a new connection. */
function takeConnections(server: HttpServer | HttpsServer): (socket: Socket) => void {
  const listeners = server.listeners('connection');
  server.removeAllListeners('connection');
  return (socket) => {
    for (const listener of listeners) Reflect.apply(listener, server, [socket]);
  };
}
