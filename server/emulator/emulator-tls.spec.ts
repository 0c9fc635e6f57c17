import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:https';
import * as https from 'node:https';
import { connect } from 'node:net';
import { join } from 'node:path';

import { startEmulator } from './emulator.ts';
import { createAuthority, issueServerCertificate } from './tls/certificates.ts';
import type { CertifiedKey } from './tls/certificates.ts';
import { certifiedDataDir } from './testing/certified-data-dir.ts';
import { startTestCloud, testSigningKey } from './testing/test-cloud.ts';
import type { TestCloud } from './testing/test-cloud.ts';

const DIRECTORY = '/api/account/demo/service/idp/baseURI.json?version=1.0';

/** What a client that trusts nobody but `ca` is answered; rejects when it does not believe the server. */
async function get(url: string, ca?: string): Promise<string> {
  const calling = https.get(url, { agent: false, ...(ca !== undefined && { ca }) });
  const [response] = (await once(calling, 'response')) as [AsyncIterable<Buffer>];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

describe('The emulator over TLS (App. B 1)', () => {
  let dataDir: string;
  let cloud: TestCloud;
  beforeEach(async () => (dataDir = await certifiedDataDir()));
  afterEach(() => rm(dataDir, { recursive: true }));
  beforeEach(async () => (cloud = await startTestCloud({ httpsPort: 0, dataDir })));
  afterEach(() => cloud[Symbol.asyncDispose]());

  const secure = (): { port: number; caFile: string; caCertificate: string } => {
    const { tls } = cloud.emulator;
    if (!tls?.caFile) throw new Error('no TLS');
    return { port: tls.port, caFile: tls.caFile, caCertificate: tls.caCertificate };
  };

  it('takes and gives files (§7)', async () => {
    const { port, caCertificate } = secure();
    const consumer = await cloud.caller.consumer();
    const signedUrl = async (type: string, body: object): Promise<string> => {
      const answer = await cloud.caller.send(consumer, { kind: 'req', id: 'f', type, body });
      const query = new URLSearchParams({
        temp_url_sig: answer.textAt('body', 'queryParams', 'temp_url_sig'),
        temp_url_expires: answer.textAt('body', 'queryParams', 'temp_url_expires'),
      });
      return `https://localhost:${port}${answer.textAt('body', 'relativePath')}?${query.toString()}`;
    };
    const upload = await signedUrl('ms.GenerateURLForUploadFile', { fileSize: '4', fileType: 'PNG' });

    const putting = https.request(upload, { method: 'PUT', agent: false, ca: caCertificate }).end('data');
    const [{ statusCode }] = (await once(putting, 'response')) as [{ statusCode: number }];
    const { pathname: relativePath } = new URL(upload);
    const download = await signedUrl('ms.GenerateURLForDownloadFile', { relativePath });

    expect(statusCode).toBe(201);
    expect(await get(download, caCertificate)).toBe('data');
  });

  it('keeps its CA file in the data folder, and is believed by whoever has it, by every name', async () => {
    const { port, caFile, caCertificate } = secure();
    expect(caFile).toBe(join(dataDir, 'emulator', 'ca.pem'));
    expect(await readFile(caFile, 'utf8')).toBe(caCertificate);

    for (const host of ['localhost', '127.0.0.1']) {
      const answer = await get(`https://${host}:${port}${DIRECTORY}`, caCertificate);
      expect(JSON.parse(answer)).toEqual({ service: 'idp', account: 'demo', baseURI: `${host}:${port}` });
    }
    await expectAsync(get(`https://localhost:${port}${DIRECTORY}`)).toBeRejectedWithError(/certificate/);
  });

  it('answers plain HTTP on its plain port with the hosts of that port (§1.2)', async () => {
    const { port } = cloud.emulator;
    const response = await fetch(`http://localhost:${port}${DIRECTORY}`);

    expect(await response.json()).toEqual(jasmine.objectContaining({ baseURI: `localhost:${port}` }));
  });

  it('understands TLS on its plain port: old clients ask the directory plainly and call its hosts by https (§1.2)', async () => {
    const { caCertificate, port } = secure();
    const answer = await get(`https://localhost:${cloud.emulator.port}${DIRECTORY}`, caCertificate);
    const plain = await fetch(`http://localhost:${port}${DIRECTORY}`);

    expect(JSON.parse(answer)).toEqual(
      jasmine.objectContaining({ baseURI: `localhost:${cloud.emulator.port}` }),
    );
    expect(await plain.json()).toEqual(jasmine.objectContaining({ baseURI: `localhost:${port}` }));
  });

  it('carries many calls over one connection of either kind', async () => {
    const { port, caCertificate } = secure();
    const agent = new https.Agent({ keepAlive: true, maxSockets: 1, ca: caCertificate });
    const statuses: unknown[] = [];
    for (let count = 0; count < 5; count += 1) {
      const [response] = (await once(
        https.get(`https://localhost:${port}${DIRECTORY}`, { agent }),
        'response',
      )) as [NodeJS.ReadableStream & { statusCode: number }];
      statuses.push(response.statusCode);
      response.resume();
      await once(response, 'end');
    }
    agent.destroy();

    expect(statuses).toEqual([200, 200, 200, 200, 200]);
  });

  it('ends with connections that never said anything, or stopped in the middle of a handshake', async () => {
    const other = await startEmulator({
      host: '127.0.0.1',
      httpPort: 0,
      httpsPort: 0,
      webhookUrl: 'http://127.0.0.1:9/',
      signingKey: testSigningKey,
    });
    const sockets = [other.port, other.tls?.port ?? 0].map((port) =>
      connect(port, '127.0.0.1').on('error', () => undefined),
    );
    await Promise.all(sockets.map((socket) => once(socket, 'connect')));
    sockets[1]?.write(Buffer.from([0x16, 0x03, 0x01]));
    const ended = Promise.all(
      sockets.map((socket) => new Promise((resolve) => socket.once('close', resolve))),
    );

    await other[Symbol.asyncDispose]();

    expect(await ended).toHaveSize(2);
  });

  it('is off unless it is asked for', async () => {
    await using plain = await startTestCloud();

    expect(plain.emulator.tls).toBeNull();
  });

  it('frees its plain port when the port for TLS is taken', async () => {
    const { port } = cloud.emulator;
    const options = {
      host: '127.0.0.1',
      webhookUrl: 'http://127.0.0.1:9/',
      signingKey: testSigningKey,
    };
    await using free = await startEmulator({ ...options, httpPort: 0 });
    const httpPort = free.port;
    await free[Symbol.asyncDispose]();

    await expectAsync(startEmulator({ ...options, httpPort, httpsPort: port })).toBeRejectedWithError(
      new RegExp(`port ${port} on 127.0.0.1 is in use .*EMULATOR_HTTPS_PORT`),
    );
    await using again = await startEmulator({ ...options, httpPort });
    expect(again.port).toBe(httpPort);
  });
});

describe('A webhook endpoint over TLS (§8.1)', () => {
  let dataDir: string;
  beforeEach(async () => (dataDir = await certifiedDataDir()));
  afterEach(() => rm(dataDir, { recursive: true }));

  /** Whether a webhook reached an endpoint that shows this certificate. */
  async function isDelivered(
    certified: (authority: CertifiedKey) => Promise<CertifiedKey>,
  ): Promise<boolean> {
    let arrived = 0;
    const outcomes: string[] = [];
    const told = Promise.withResolvers<undefined>();
    const log = {
      info: () => undefined,
      warn: (_fields: object, message: string) => {
        outcomes.push(message);
        told.resolve(undefined);
      },
      error: () => undefined,
    };
    await using cloud = await startTestCloud({ httpsPort: 0, dataDir, log, webhookUrl: () => endpoint });
    const key = await readFile(join(dataDir, 'emulator', 'ca.key'), 'utf8');
    const { certificate, key: serverKey } = await certified({
      certificate: cloud.emulator.tls?.caCertificate ?? '',
      key,
    });
    const receiver = createServer({ cert: certificate, key: serverKey }, (_request, response) => {
      arrived += 1;
      response.writeHead(200).end(() => told.resolve(undefined));
    }).listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    const address = receiver.address();
    const endpoint = `https://localhost:${typeof address === 'object' && address ? address.port : 0}/`;
    await cloud.caller.opened(await cloud.caller.consumer());
    await told.promise;
    receiver.close();
    receiver.closeAllConnections();
    return arrived > 0;
  }

  it('is called when the emulator’s own authority certifies it', async () => {
    expect(
      await isDelivered((authority) => issueServerCertificate(authority, ['localhost'], Date.now())),
    ).toBe(true);
  });

  it('is not called when it is certified for another name', async () => {
    expect(await isDelivered((authority) => issueServerCertificate(authority, ['other'], Date.now()))).toBe(
      false,
    );
  });

  it('is not called when its certificate has expired', async () => {
    const longAgo = Date.now() - 400 * 86_400_000;
    expect(await isDelivered((authority) => issueServerCertificate(authority, ['localhost'], longAgo))).toBe(
      false,
    );
  });

  it('is not called when nobody that is trusted certifies it', async () => {
    const stranger = await createAuthority(Date.now());
    expect(await isDelivered(() => issueServerCertificate(stranger, ['localhost'], Date.now()))).toBe(false);
  });
});
