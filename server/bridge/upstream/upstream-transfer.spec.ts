import type { ExchangeRecorded } from '#protocol/bridge-events';

import { startInterposer } from '../../testing/interposer.ts';
import { UpstreamTransfer } from './upstream-transfer.ts';

describe('a file on its way from the cloud', () => {
  it('is given up when nothing comes in time, and that is recorded', async () => {
    await using storage = await startInterposer(() => 'http://127.0.0.1:1');
    storage.interfere(() => ({ kind: 'silence' }));
    using transfer = new UpstreamTransfer({ userAgent: 'spec', timeoutMs: 100 });
    const exchanges: ExchangeRecorded[] = [];
    const file = { service: 'swift', summary: 'spec', method: 'GET', url: `${storage.origin}/x` } as const;

    const running = transfer.run(
      { ...file, upload: null, signal: new AbortController().signal },
      { record: (exchange) => void exchanges.push(exchange) },
    );

    await expectAsync(running).toBeRejectedWith(jasmine.objectContaining({ code: 'upstream-timeout' }));
    expect(exchanges.map(({ failure }) => failure)).toEqual(['no answer within 0.1 s']);
  });
});
