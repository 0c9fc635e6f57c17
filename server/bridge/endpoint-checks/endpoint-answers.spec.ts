import { once } from 'node:events';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';

import { CheckBench, ok } from '../../testing/check-bench.ts';

describe('what the check finds at an endpoint', () => {
  let bench: CheckBench;

  beforeEach(async () => {
    bench = await CheckBench.start();
  });
  afterEach(() => bench[Symbol.asyncDispose]());

  it('names a wrong path of this server', async () => {
    const wrong = bench.world.bridge.webhookUrl.replace('/event', '/evnt');

    expect(await bench.checkMessages(wrong)).toEqual(
      jasmine.objectContaining({ cause: 'wrong-path', status: 404, hasArrived: false }),
    );
  });

  it('names a server that takes the event but is not this one', async () => {
    expect(await bench.checkMessages(await bench.serve(ok))).toEqual(
      jasmine.objectContaining({ cause: 'elsewhere', status: 200, hasArrived: false, signature: null }),
    );
  });

  it('follows no redirect, not even back to here', async () => {
    const url = await bench.serve((_request, response) => {
      response.writeHead(307, { location: bench.world.bridge.webhookUrl }).end();
    });

    expect(await bench.checkMessages(url)).toEqual(
      jasmine.objectContaining({ cause: 'redirected', status: 307, hasArrived: false }),
    );
  });

  it('names a status that does not acknowledge', async () => {
    const url = await bench.serve((_request, response) => response.writeHead(500).end());

    expect(await bench.checkMessages(url)).toEqual(
      jasmine.objectContaining({ cause: 'wrong-status', status: 500 }),
    );
  });

  it('names a status that ends HTTP, and does not wait for what follows', async () => {
    const url = await bench.serve((_request, response) =>
      response.writeHead(101, { connection: 'upgrade', upgrade: 'other' }).flushHeaders(),
    );

    expect(await bench.checkMessages(url)).toEqual(
      jasmine.objectContaining({ cause: 'wrong-status', status: 101 }),
    );
  });

  it('names a port where nobody listens', async () => {
    const server = createTcpServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');

    const seen = await bench.checkMessages(`http://127.0.0.1:${port}/`);

    expect(seen).toEqual(jasmine.objectContaining({ cause: 'unreachable', status: null }));
    expect(seen.error).toContain('ECONNREFUSED');
  });

  it('names a connection that breaks before the answer', async () => {
    const url = await bench.serve((request) => request.socket.destroy());

    expect(await bench.checkMessages(url)).toEqual(
      jasmine.objectContaining({ cause: 'connection-broke', status: null }),
    );
  });

  it('names an answer that does not come in time', async () => {
    await bench[Symbol.asyncDispose]();
    bench = await CheckBench.start({ readMs: 100 });
    const url = await bench.serve(() => undefined);

    expect(await bench.checkMessages(url)).toEqual(
      jasmine.objectContaining({ cause: 'answer-timeout', status: null, error: null }),
    );
  });

  it('does not wait for the end of an endless answer', async () => {
    const url = await bench.serve((_request, response) => {
      const more = (): void => void response.write(Buffer.alloc(16_384), () => setImmediate(more));
      more();
    });

    expect(await bench.checkMessages(url)).toEqual(
      jasmine.objectContaining({ cause: 'elsewhere', status: 200 }),
    );
  });

  it('names a server that never agrees on TLS', async () => {
    await bench[Symbol.asyncDispose]();
    bench = await CheckBench.start({ connectMs: 100 });
    const port = await bench.listen(createTcpServer());

    expect(await bench.checkMessages(`https://localhost:${port}/`)).toEqual(
      jasmine.objectContaining({ cause: 'connect-timeout', tls: null }),
    );
  });

  it('names an endpoint that arrives but answers slowly', async () => {
    await bench[Symbol.asyncDispose]();
    bench = await CheckBench.start({ slowMs: 0 });

    expect(await bench.checkMessages()).toEqual(
      jasmine.objectContaining({ cause: 'slow', status: 200, hasArrived: true }),
    );
  });

  it('names a proxy that changes the body', async () => {
    const url = await bench.proxy({ body: (body) => Buffer.concat([body, Buffer.from('\n')]) });

    expect(await bench.checkMessages(url)).toEqual(
      jasmine.objectContaining({ cause: 'body-changed', status: 401, signature: 'body-differs' }),
    );
  });

  it('names a proxy that takes the signature away', async () => {
    const url = await bench.proxy({ without: ['x-liveperson-signature'] });

    expect(await bench.checkMessages(url)).toEqual(
      jasmine.objectContaining({
        ...{ cause: 'signature-refused', signature: 'header-missing' },
        missingHeaders: ['x-liveperson-signature'],
      }),
    );
  });

  it('names each header that a proxy takes away', async () => {
    const without = ['x-liveperson-account-id', 'x-liveperson-client-id'];
    expect((await bench.checkMessages()).missingHeaders).toEqual([]);

    expect(await bench.checkMessages(await bench.proxy({ without }))).toEqual(
      jasmine.objectContaining({ signature: 'header-missing', missingHeaders: without }),
    );
  });

  it('knows its event by the body where a proxy removes unknown headers', async () => {
    const url = await bench.proxy({ without: ['x-bridge-check'] });

    expect(await bench.checkMessages(url)).toEqual(jasmine.objectContaining({ cause: 'working' }));
  });
});
