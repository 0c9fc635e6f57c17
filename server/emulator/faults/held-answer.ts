import type { Response } from 'express';

/** An answer that a route has given and that nobody has got. */
export interface HeldAnswer {
  readonly body: Buffer;
  /** Sends the head and this piece of a body of `length` bytes. */
  readonly write: (piece: Buffer, length: number) => void;
  /** Sends the head, unless it is gone, and this body or last piece. */
  readonly end: (body: Buffer) => void;
}

/**
 * Holds back what a route answers until it has said everything. Nothing has been sent then, so that headers may still be
 * changed.
 */
export function holdAnswer(response: Response, take: (answer: HeldAnswer) => void): void {
  const chunks: Buffer[] = [];
  // The platform's own, not what takes their place below.
  const write: unknown = Reflect.get(response, 'write');
  const end: unknown = Reflect.get(response, 'end');
  const setLength = (length: number): void => {
    if (!response.headersSent) response.set('content-length', String(length));
  };
  const answer = (): HeldAnswer => ({
    body: Buffer.concat(chunks),
    write: (piece, length) => {
      setLength(length);
      callOn(response, write, piece);
    },
    end: (body) => {
      setLength(body.byteLength);
      callOn(response, end, body);
    },
  });
  const keep = ([chunk, encoding]: readonly unknown[]): void => {
    if (typeof chunk === 'string') chunks.push(Buffer.from(chunk, encodingOf(encoding)));
    else if (chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
  };
  Object.assign(response, {
    write: (...given: unknown[]): boolean => {
      keep(given);
      callLast(given);
      return true;
    },
    end: (...given: unknown[]): Response => {
      keep(given);
      take(answer());
      callLast(given);
      return response;
    },
  });
}

function callOn(response: Response, method: unknown, argument: Buffer): void {
  if (typeof method === 'function') Reflect.apply(method, response, [argument]);
}

const encodingOf = (value: unknown): BufferEncoding =>
  typeof value === 'string' && Buffer.isEncoding(value) ? value : 'utf8';

/** A stream tells that a chunk is taken by calling its last argument. */
function callLast(given: readonly unknown[]): void {
  const last = given.at(-1);
  if (typeof last === 'function') process.nextTick(() => void Reflect.apply(last, undefined, []));
}
