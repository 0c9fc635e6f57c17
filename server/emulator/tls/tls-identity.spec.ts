import { X509Certificate } from 'node:crypto';
import { cp, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Clock } from '../clock.ts';
import { silentLog } from '../emulator-log.ts';
import { certifiedNames } from './certified-names.ts';
import { folderShelf, memoryShelf } from './pem-shelf.ts';
import type { PemShelf } from './pem-shelf.ts';
import { keepRenewed, obtainTlsIdentity } from './tls-identity.ts';
import type { TlsIdentity } from './tls-identity.ts';

const DAY_MS = 86_400_000;
const START = Date.UTC(2026, 0, 1);

/** A clock that stands still and shows what was scheduled. */
class StoppedClock implements Clock {
  time = START;
  readonly tasks: { delayMs: number; task: () => void; isCancelled: boolean }[] = [];

  now(): number {
    return this.time;
  }

  schedule(delayMs: number, task: () => void): { cancel(): void } {
    const scheduled = { delayMs, task, isCancelled: false };
    this.tasks.push(scheduled);
    return { cancel: () => void (scheduled.isCancelled = true) };
  }

  track<Outcome>(work: Promise<Outcome>): Promise<Outcome> {
    return work;
  }
}

describe('The emulator’s TLS identity (App. B 1)', () => {
  /** What the first start has made: making keys takes longer than all the rest, so it is made once. */
  let firstStart: string;
  let folder: string;
  let clock: StoppedClock;
  beforeAll(async () => {
    clock = new StoppedClock();
    firstStart = await mkdtemp(join(tmpdir(), 'emulator-identity-'));
    await obtain(undefined, folderShelf(firstStart));
  });
  afterAll(() => rm(firstStart, { recursive: true }));
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'emulator-identity-'));
    await cp(firstStart, folder, { recursive: true });
    clock = new StoppedClock();
  });
  afterEach(() => rm(folder, { recursive: true }));

  const obtain = (
    names = certifiedNames('127.0.0.1'),
    shelf: PemShelf = folderShelf(folder),
  ): Promise<TlsIdentity> => obtainTlsIdentity({ shelf, names, clock, log: silentLog });
  const serverOf = ({ server }: TlsIdentity): X509Certificate => new X509Certificate(server.certificate);

  it('is made by an authority of its own, for this machine’s names and the configured one', async () => {
    const identity = await obtain(certifiedNames('emulator.example'));

    const authority = new X509Certificate(identity.caCertificate);
    expect(authority.ca).toBe(true);
    expect(serverOf(identity).verify(authority.publicKey)).toBe(true);
    for (const name of ['localhost', 'emulator.example'])
      expect(serverOf(identity).checkHost(name)).withContext(name).toBe(name);
    for (const ip of ['127.0.0.1', '::1']) expect(serverOf(identity).checkIP(ip)).withContext(ip).toBe(ip);
    expect(serverOf(identity).checkHost('example.com')).toBeUndefined();
  });

  it('keeps both keys to itself and gives the CA file to everyone', async () => {
    await obtain();

    const modes = await Promise.all(
      (await readdir(folder)).map(async (name) => [name, (await stat(join(folder, name))).mode & 0o777]),
    );
    expect(Object.fromEntries(modes)).toEqual({
      'ca.pem': 0o644,
      'ca.key': 0o600,
      'server.pem': 0o644,
      'server.key': 0o600,
    });
  });

  it('is the same at the next start', async () => {
    const first = await obtain();
    clock.time += 300 * DAY_MS;

    expect(await obtain()).toEqual(first);
  });

  it('has a new certificate of the same authority when the old one is about to end', async () => {
    const first = await obtain();
    clock.time += 367 * DAY_MS;
    const second = await obtain();

    expect(second.caCertificate).toBe(first.caCertificate);
    expect(second.server.certificate).not.toBe(first.server.certificate);
    expect(serverOf(second).validToDate.getTime()).toBeGreaterThan(clock.time + 390 * DAY_MS);
  });

  it('has a new certificate when the names change, whether one comes or goes', async () => {
    const first = await obtain();
    const second = await obtain(certifiedNames('emulator.example'));
    const third = await obtain();

    expect(second.caCertificate).toBe(first.caCertificate);
    expect(serverOf(second).checkHost('emulator.example')).toBe('emulator.example');
    expect(serverOf(third).checkHost('emulator.example')).toBeUndefined();
  });

  it('has a new authority when the old one would end before what it issues', async () => {
    const first = await obtain();
    clock.time += (3650 - 396) * DAY_MS;
    const second = await obtain();

    expect(second.caCertificate).not.toBe(first.caCertificate);
    expect(serverOf(second).verify(new X509Certificate(second.caCertificate).publicKey)).toBe(true);
  });

  for (const name of ['ca.pem', 'ca.key', 'server.pem', 'server.key']) {
    it(`replaces a damaged ${name}`, async () => {
      const before = await obtain();
      const file = join(folder, name);
      await writeFile(file, (await readFile(file, 'utf8')).slice(0, 200));

      const identity = await obtain();

      expect(identity.caCertificate === before.caCertificate).toBe(name.startsWith('server'));
      const authority = new X509Certificate(identity.caCertificate);
      expect(serverOf(identity).verify(authority.publicKey)).toBe(true);
      expect(await readFile(join(folder, 'ca.pem'), 'utf8')).toBe(identity.caCertificate);
    });
  }

  it('says which file it cannot write', async () => {
    await writeFile(join(folder, 'occupied'), '');
    const shelf = folderShelf(join(folder, 'occupied', 'emulator'));

    await expectAsync(obtain(undefined, shelf)).toBeRejectedWithError(/cannot (read|write) .*occupied/);
  });

  it('has no CA file when nothing is kept', async () => {
    expect((await obtain(undefined, memoryShelf())).caFile).toBeNull();
  });

  it('is renewed in time while the emulator runs', async () => {
    const shelf = folderShelf(folder);
    const deps = { shelf, names: certifiedNames('127.0.0.1'), clock, log: silentLog };
    const first = await obtainTlsIdentity(deps);
    const used = Promise.withResolvers<TlsIdentity>();
    const renewal = keepRenewed(first, deps, used.resolve);

    const [waiting] = clock.tasks;
    expect(Math.round((waiting?.delayMs ?? 0) / DAY_MS)).toBe(366);
    clock.time += waiting?.delayMs ?? 0;
    waiting?.task();
    const second = await used.promise;

    expect(second.caCertificate).toBe(first.caCertificate);
    expect(serverOf(second).validToDate.getTime()).toBeGreaterThan(serverOf(first).validToDate.getTime());
    renewal.cancel();
    expect(clock.tasks.at(-1)?.isCancelled).toBe(true);
  });

  it('tries again a day later when it could not be renewed', async () => {
    const shelf = folderShelf(folder);
    const deps = { shelf, names: certifiedNames('127.0.0.1'), clock, log: silentLog };
    const first = await obtainTlsIdentity(deps);
    const told = Promise.withResolvers<undefined>();
    const log = { ...silentLog, error: () => told.resolve(undefined) };
    const full: PemShelf = {
      ...shelf,
      write: () => {
        throw new Error('disk full');
      },
    };
    keepRenewed(first, { ...deps, shelf: full, log }, () => undefined);
    clock.time += 367 * DAY_MS;
    clock.tasks[0]?.task();
    await told.promise;

    expect(clock.tasks[1]?.delayMs).toBe(DAY_MS);
  });
});

describe('The names of the certificate', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['127.0.0.1', []],
    ['localhost', []],
    ['::1', []],
    ['192.0.2.7', ['192.0.2.7']],
    ['2001:db8::7', ['2001:db8::7']],
    ['Emulator.Example', ['emulator.example']],
    ['0.0.0.0', ['box']],
    ['::', ['box']],
    ['no name', []],
  ];
  for (const [host, more] of cases) {
    it(`for the host ${host} are this machine’s${more.length > 0 ? ` and ${more.join()}` : ''}`, () => {
      expect(certifiedNames(host, 'box')).toEqual(['localhost', '127.0.0.1', '::1', ...more]);
    });
  }
});
