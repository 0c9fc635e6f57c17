import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import forge from 'node-forge';
import { findNginx } from '../../scripts/testing/find-nginx.ts';
import { ROOT } from '../../scripts/web-build.ts';

/** Two ports that were free a moment ago. */
export interface ProxyPorts {
  readonly http: number;
  readonly https: number;
}

export async function freePorts(): Promise<ProxyPorts> {
  return { http: await freePort(), https: await freePort() };
}

/** Where a browser finds the site, e.g. `https://localhost:49153`. */
export interface SiteOrigins {
  readonly http: string;
  readonly https: string;
}

/** Runs the installed Nginx with `docs/nginx.conf`, of which only ports, upstream and certificate files are replaced. */
export async function startNginx(
  ports: ProxyPorts,
  upstream: string,
): Promise<SiteOrigins & AsyncDisposable> {
  const nginx = findNginx();
  if (nginx === undefined) throw new Error('Nginx is not installed');
  const folder = await mkdtemp(join(tmpdir(), 'nginx-'));
  await writeFile(
    join(folder, 'site.conf'),
    siteConfig(await documentedConfig(), { folder, ports, upstream }),
  );
  await writeFile(join(folder, 'nginx.conf'), mainConfig(folder));
  await writeCertificate(folder);
  const child = spawn(nginx, ['-c', join(folder, 'nginx.conf'), '-p', folder, '-g', 'daemon off;'], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const exit = once(child, 'exit');
  await Promise.race([
    accepts(ports.https),
    exit.then(() => Promise.reject(new Error('Nginx did not start'))),
  ]);
  return {
    http: `http://localhost:${ports.http}`,
    https: `https://localhost:${ports.https}`,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      await exit;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function documentedConfig(): Promise<string> {
  return readFile(join(ROOT, 'docs/nginx.conf'), 'utf8');
}

interface Site {
  readonly folder: string;
  readonly ports: ProxyPorts;
  /** `host:port` of the bridge. */
  readonly upstream: string;
}

function siteConfig(config: string, { folder, ports, upstream }: Site): string {
  const replacements: readonly (readonly [string, string])[] = [
    ['listen 80;', `listen 127.0.0.1:${ports.http};`],
    ['listen 443 ssl http2;', `listen 127.0.0.1:${ports.https} ssl http2;`],
    ['server app:8282;', `server ${upstream};`],
    ['/etc/nginx/tls/', `${folder}/`],
  ];
  return replacements.reduce((text, [from, to]) => {
    // A file that was rewritten must not be tested by accident with its own ports.
    if (!text.includes(from)) throw new Error(`docs/nginx.conf no longer says "${from}"`);
    return text.replaceAll(from, to);
  }, config);
}

/** What a distribution's nginx.conf says around conf.d, with everything written into `folder`. */
function mainConfig(folder: string): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return [
    // Started by root, Nginx would otherwise serve as a user who may not read the folder.
    ...(process.getuid?.() === 0 ? ['user root;'] : []),
    `pid ${folder}/nginx.pid;`,
    'error_log stderr warn;',
    'events {}',
    'http {',
    '  access_log off;',
    ...temporary.map((name) => `  ${name}_temp_path ${folder}/${name};`),
    `  include ${folder}/site.conf;`,
    '}',
  ].join('\n');
}

/** A certificate of `localhost` that signed itself. */
async function writeCertificate(folder: string): Promise<void> {
  const keys = forge.pki.rsa.generateKeyPair(2048);
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = keys.publicKey;
  certificate.serialNumber = '01';
  certificate.validity.notBefore = new Date(Date.now() - 60_000);
  certificate.validity.notAfter = new Date(Date.now() + 3_600_000);
  const name = [{ name: 'commonName', value: 'localhost' }];
  certificate.setSubject(name);
  certificate.setIssuer(name);
  certificate.setExtensions([{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }]);
  certificate.sign(keys.privateKey, forge.md.sha256.create());
  await writeFile(join(folder, 'fullchain.pem'), forge.pki.certificateToPem(certificate));
  await writeFile(join(folder, 'privkey.pem'), forge.pki.privateKeyToPem(keys.privateKey), { mode: 0o600 });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** Waits until something listens on `port`. */
async function accepts(port: number): Promise<void> {
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    try {
      await once(socket, 'connect');
      return;
    } catch {
      await delay(25);
    } finally {
      socket.destroy();
    }
  }
}
