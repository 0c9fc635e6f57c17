import { TestBed } from '@angular/core/testing';

import { asConversationId } from '#protocol/identifiers';

import { FileClient } from './file-client';

const ID = asConversationId('c1');

/** What only a bridge can answer is shown by the browser tests of files; here nobody answers as a bridge does. */
describe('FileClient without a bridge', () => {
  const sending = (signal = new AbortController().signal) => ({
    ...{ bytes: new Blob(['x']), mediaType: 'image/png', name: 'cat.png', signal },
    onProgress: () => undefined,
  });

  it('says that no bridge has answered', async () => {
    const client = TestBed.inject(FileClient);
    const unreachable = jasmine.objectContaining({ code: 'bridge-unreachable' });

    await expectAsync(client.upload(ID, sending())).toBeRejectedWith(unreachable);
    await expectAsync(
      client.download(ID, { path: '/x', name: 'x' }, new AbortController().signal),
    ).toBeRejectedWith(unreachable);
  });

  it('ends what is cancelled, also when it was cancelled before it began', async () => {
    const client = TestBed.inject(FileClient);
    const controller = new AbortController();
    const upload = client.upload(ID, sending(controller.signal));

    controller.abort();

    await expectAsync(upload).toBeRejectedWith(controller.signal.reason);
    await expectAsync(client.upload(ID, sending(controller.signal))).toBeRejectedWith(
      controller.signal.reason,
    );
  });
});
