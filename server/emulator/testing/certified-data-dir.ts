import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { systemClock } from '../clock.ts';
import { silentLog } from '../emulator-log.ts';
import { certifiedNames } from '../tls/certified-names.ts';
import { folderShelf, memoryShelf } from '../tls/pem-shelf.ts';
import { obtainTlsIdentity } from '../tls/tls-identity.ts';

/** Made once for all specs: making keys takes longer than all the rest. */
const sharedShelf = memoryShelf();

/** A new data folder in which nothing lies but authority and certificate. */
export async function certifiedDataDir(): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'emulator-tls-'));
  const names = certifiedNames('127.0.0.1');
  await obtainTlsIdentity({ shelf: sharedShelf, names, clock: systemClock, log: silentLog });
  const folder = folderShelf(join(dataDir, 'emulator'));
  for (const name of ['ca.pem', 'ca.key', 'server.pem', 'server.key'])
    folder.write(name, sharedShelf.read(name) ?? '', 'private');
  return dataDir;
}
