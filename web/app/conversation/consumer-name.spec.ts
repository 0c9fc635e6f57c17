import { TestBed } from '@angular/core/testing';

import { asConversationId } from '#protocol/identifiers';

import { buildView } from '../testing/fake-bridge';
import { APP } from '../testing/log-entries';
import { provideConversation, settle } from '../testing/provide-conversation';
import { ConsumerName } from './consumer-name';
import { ConversationsStore } from './conversations-store';

describe('ConsumerName', () => {
  function start() {
    const { bridge } = provideConversation();
    const conversations = TestBed.inject(ConversationsStore);
    const { name } = TestBed.inject(ConsumerName);
    const open = (consumer: string) =>
      conversations.add(buildView({ name: consumer, id: asConversationId(consumer) }));
    return { bridge, conversations, name, open };
  }

  it('is one that no conversation has yet', async () => {
    const { conversations, name, open } = start();
    await conversations.show(APP);
    expect(name()).toBe('Kim');

    open('Kim');

    expect(name()).toBe('Ana');
  });

  it('stays as it was given, whatever conversations become known later', async () => {
    const { bridge, conversations, name, open } = start();
    bridge.listed.push(buildView({ name: 'Kim' }));
    expect(name()).toBe('Kim');
    name.set('Maria');

    await conversations.show(APP);
    await settle();
    expect(name()).toBe('Maria');
    open('Ana');

    expect(name()).toBe('Maria');
  });
});
