import { TestBed } from '@angular/core/testing';

import { CONVERSATION, MAIN, START } from '../testing/log-entries';
import { provideConversation, settle } from '../testing/provide-conversation';
import { Outbox } from './outbox';

describe('Outbox', () => {
  const message = {
    ...{ clientMessageId: 'm1', conversationId: CONVERSATION, dialogId: MAIN, text: 'Hi', at: START },
  };

  it('shows a message at once and hands it over after what has to be told before it', async () => {
    const { bridge } = provideConversation();
    const outbox = TestBed.inject(Outbox);
    const told = Promise.withResolvers<undefined>();

    const sent = outbox.send(message, told.promise);
    await settle();
    expect(outbox.messages().map(({ isSending }) => isSending)).toEqual([true]);
    expect(bridge.messages).toEqual([]);

    told.resolve(undefined);
    await sent;
    expect(bridge.messages.length).toBe(1);
  });

  it('does not let a chat state that hangs hold a message', async () => {
    jasmine.clock().install();
    try {
      const { bridge } = provideConversation();

      const sent = TestBed.inject(Outbox).send(message, new Promise(() => undefined));
      jasmine.clock().tick(1_000);
      await sent;

      expect(bridge.messages.length).toBe(1);
    } finally {
      jasmine.clock().uninstall();
    }
  });

  it('hands a message over although the chat state before it failed', async () => {
    const { bridge } = provideConversation();

    await TestBed.inject(Outbox).send(message, Promise.reject(new Error('no')));

    expect(bridge.messages.length).toBe(1);
  });
});
