import { once } from 'node:events';
import { connect } from 'node:net';

import { startInterposer } from './interposer.ts';

describe('who stands between the bridge and the cloud', () => {
  it('goes on when somebody leaves in the middle of an upload', async () => {
    await using wire = await startInterposer(() => 'http://127.0.0.1:1');
    wire.interfere(() => ({ kind: 'answer', status: 200, body: 'here' }));
    const leaving = connect(Number(new URL(wire.origin).port), '127.0.0.1').resume();
    leaving.write('PUT /v1/x HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\nExpect: 100-continue\r\n\r\nhalf');
    // The other side has begun to read.
    await once(leaving, 'data');
    leaving.end();
    await once(leaving, 'close');

    expect(await (await fetch(wire.origin)).text()).toBe('here');
    expect(wire.seen.map(({ method }) => method)).toEqual(['GET']);
  });

  it('leaves who asks for a cloud that is not there', async () => {
    await using wire = await startInterposer(() => 'http://127.0.0.1:1');

    await expectAsync(fetch(wire.origin)).toBeRejected();
  });
});
