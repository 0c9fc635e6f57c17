import { once } from 'node:events';
import { createServer, request as startRequest, type IncomingMessage, type ServerResponse } from 'node:http';

/** What happens to a request on its way: nothing, an answer in the cloud's place, or a lost connection. */
export type Interference =
  | { readonly kind: 'pass' }
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** Another server of the spec takes it. */
  | { readonly kind: 'redirect'; readonly origin: string }
  /** The cloud never hears of it. */
  | { readonly kind: 'cut-before' }
  /** The cloud does it, its answer gets lost. */
  | { readonly kind: 'cut-after' }
  /** No answer, and the connection stays. */
  | { readonly kind: 'silence' }
  /** The cloud does it, its answer is still on the way, and the connection stays. */
  | { readonly kind: 'silence-after' };

export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** Stands between the bridge and the emulator and makes trouble on demand. */
export interface Interposer extends AsyncDisposable {
  readonly origin: string;
  /** Every request that came, also those interfered with. */
  readonly seen: readonly SeenRequest[];
  /** How many connections were opened. */
  readonly connections: number;
  /** Asked for each request; the last one set is in force. */
  interfere(decide: (request: SeenRequest) => Interference): void;
  /** Breaks every connection that is open now. */
  hangUp(): void;
}

export async function startInterposer(target: () => string): Promise<Interposer> {
  const seen: SeenRequest[] = [];
  let decide: (request: SeenRequest) => Interference = () => ({ kind: 'pass' });
  const server = createServer((request, response) => {
    void (async () => {
      const bytes = await bytesOf(request);
      const { method = 'GET', url = '/', headers } = request;
      const one: SeenRequest = { method, url, headers, body: bytes.toString('utf8') };
      seen.push(one);
      await carryOut(decide(one), { one, bytes, response, target: target() });
      // Either side may leave in the middle, as an upload whose browser goes away does: then the other one is left, too.
    })().catch(() => response.destroy());
  });
  let connections = 0;
  server.on('connection', () => (connections += 1));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    origin: `http://127.0.0.1:${port}`,
    seen,
    get connections() {
      return connections;
    },
    interfere: (next) => {
      decide = next;
    },
    hangUp: () => server.closeAllConnections(),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

interface Passage {
  readonly one: SeenRequest;
  /** The body as it came: files are no text. */
  readonly bytes: Buffer;
  readonly target: string;
}

async function carryOut(
  interference: Interference,
  { one, bytes, response, target }: Passage & { readonly response: ServerResponse },
): Promise<void> {
  switch (interference.kind) {
    case 'pass':
      await forward({ one, bytes, target }, response);
      return;
    case 'redirect':
      await forward({ one, bytes, target: interference.origin }, response);
      return;
    case 'answer':
      answerInstead(interference, response);
      return;
    case 'cut-before':
      response.destroy();
      return;
    case 'silence':
      return;
    case 'silence-after':
      await forward({ one, bytes, target }, null);
      return;
    case 'cut-after':
      await forward({ one, bytes, target }, null);
      response.destroy();
      return;
    default:
      interference satisfies never;
  }
}

function answerInstead(
  { status, body = '', headers = {} }: Extract<Interference, { readonly kind: 'answer' }>,
  response: ServerResponse,
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

async function forward({ one, bytes, target }: Passage, response: ServerResponse | null): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  // The Host header stays: the emulator names its services by it.
  const outgoing = startRequest(new URL(one.url, target), { method: one.method, headers: one.headers });
  outgoing.on('error', reject);
  outgoing.on('response', (answer) => {
    if (response === null) answer.resume().on('end', () => resolve(undefined));
    else {
      response.writeHead(answer.statusCode ?? 500, answer.rawHeaders);
      // An answer that breaks off breaks off here too.
      answer.once('error', () => response.destroy());
      answer.pipe(response).on('close', () => resolve(undefined));
    }
  });
  outgoing.end(bytes);
  await promise;
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
}
