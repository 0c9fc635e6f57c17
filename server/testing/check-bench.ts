import { once } from 'node:events';
import { createServer, request as startRequest, type RequestListener } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import type { AddressInfo, Server, Socket } from 'node:net';

import { WEBHOOK_EVENT_TYPES } from '#protocol/app-installation';
import type { EndpointCheck, EndpointCheckAnswer } from '#protocol/endpoint-check';

import { TestBrowser } from './browser.ts';
import { testAuthority } from './certificates.ts';
import { startWorld, type World } from './start-world.ts';

/** Generous, so that a busy machine is never found slow; a spec that waits for a limit sets its own. */
const LIMITS = { connectMs: 30_000, readMs: 30_000, slowMs: 60_000 };
const [, MESSAGES] = WEBHOOK_EVENT_TYPES;

export const ok: RequestListener = (request, response) => {
  request.resume();
  response.end('"OK"');
};

/** A world whose connector app is checked, with servers of every kind for its endpoints to lead to. Dispose of it. */
export class CheckBench implements AsyncDisposable {
  readonly world: World;
  readonly browser: TestBrowser;
  readonly appId: string;
  private readonly stack: AsyncDisposableStack;

  private constructor(world: World, browser: TestBrowser, appId: string, stack: AsyncDisposableStack) {
    this.world = world;
    this.browser = browser;
    this.appId = appId;
    this.stack = stack;
  }

  static async start(limits: Partial<typeof LIMITS> = {}): Promise<CheckBench> {
    const stack = new AsyncDisposableStack();
    const parts = {
      endpointCheckLimits: { ...LIMITS, ...limits },
      localAuthorities: () => [testAuthority.certificate],
    };
    const world = stack.use(await startWorld({ parts }));
    const browser = new TestBrowser(world.bridge.origin);
    await browser.signInToDemo();
    return new CheckBench(world, browser, (await browser.connectorApp()).id, stack);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stack.disposeAsync();
  }

  /** Listens on any free port of this machine until the spec ends. */
  async listen(server: Server): Promise<number> {
    const open = new Set<Socket>();
    server.on('connection', (socket: Socket) => {
      open.add(socket);
      socket.on('error', () => undefined);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    this.stack.defer(async () => {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    });
    return (server.address() as AddressInfo).port;
  }

  async serve(listener: RequestListener): Promise<string> {
    return `http://localhost:${await this.listen(createServer(listener))}/`;
  }

  async serveTls(options: ServerOptions, listener: RequestListener = ok): Promise<string> {
    const server = createTlsServer(options, listener);
    server.on('tlsClientError', () => undefined);
    return `https://localhost:${await this.listen(server)}/`;
  }

  /** A proxy before the bridge that may change what passes. */
  proxy(change: {
    readonly body?: (body: Buffer) => Buffer;
    readonly without?: readonly string[];
  }): Promise<string> {
    return this.serve((request, response) => {
      void (async () => {
        const chunks: Buffer[] = [];
        for await (const chunk of request) chunks.push(chunk as Buffer);
        const body = (change.body ?? ((same) => same))(Buffer.concat(chunks));
        const headers = { ...request.headers, 'content-length': String(body.byteLength) };
        for (const name of change.without ?? []) Reflect.deleteProperty(headers, name);
        const onward = startRequest(this.world.bridge.webhookUrl, { method: 'POST', headers }, (answer) => {
          response.writeHead(answer.statusCode ?? 500);
          answer.pipe(response);
        });
        onward.end(body);
      })();
    });
  }

  /** Points the messages' endpoint there, as an administrator would. */
  async pointTo(endpoint: string, headers: Record<string, string> = {}): Promise<void> {
    const list = Object.entries(headers).map(([header_name, header_value]) => ({
      header_name,
      header_value,
    }));
    const webhooks = { [MESSAGES]: { endpoint, headers: list } };
    const path = `/api/installations/${this.appId}/webhooks`;
    const answer = await this.browser.call('PUT', path, { body: { webhooks, revision: null } });
    if (answer.status !== 200) throw new Error(answer.text);
  }

  async check(): Promise<EndpointCheckAnswer> {
    return (await this.browser.post(`/api/installations/${this.appId}/check`)).body as EndpointCheckAnswer;
  }

  async checkMessages(endpoint?: string): Promise<EndpointCheck> {
    if (endpoint !== undefined) await this.pointTo(endpoint);
    const { endpoints } = await this.check();
    return endpoints.find(({ type }) => type === MESSAGES)!;
  }
}
