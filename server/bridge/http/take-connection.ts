import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Takes a connection away from HTTP once the head of its answer is written: from then on it costs a socket and no more, where
 * Node's parser, request and answer would live as long as it does. Node does so by itself only for requests that ask for an
 * upgrade, and browsers ask for none when they open an event stream.
 *
 * The server forgets the connection, so whoever took it must end it, also when the server closes.
 *
 * @param request Was read to its end: nothing of it is on the way any more.
 */
export function takeConnection(request: IncomingMessage, response: ServerResponse): Socket {
  const { socket } = request;
  response.flushHeaders();
  response.detachSocket(socket);
  // Listening to its data takes the incoming bytes from the parser.
  socket.on('data', ignore);
  // For the server the connection is over: hearing that, it gives back the parser.
  for (const forget of socket.listeners('close')) Reflect.apply(forget, socket, []);
  for (const event of socket.eventNames()) socket.removeAllListeners(event);
  // Whatever still comes is of no interest, and a broken connection is followed by `close`, which tells all there is to know.
  socket.on('data', ignore).on('error', ignore);
  socket.setTimeout(0);
  // What waits for the end of the answer, as the log does, has nothing more to wait for.
  response.emit('close');
  return socket;
}

function ignore(): void {
  // See where it is used.
}

/** Waits for the end of a request whose body nobody wants. @returns whether it came whole */
export function readToEnd(request: IncomingMessage): Promise<boolean> {
  if (request.closed) return Promise.resolve(request.complete);
  return new Promise((resolve) => {
    request.once('close', () => resolve(request.complete)).resume();
  });
}
