import { TestBed } from '@angular/core/testing';

import { asConversationId } from '#protocol/identifiers';

import { buildFailure } from '../testing/build-failure';
import { expectAccessible } from '../testing/expect-accessible';
import { APP, CONSUMER, CONVERSATION, LogWriter } from '../testing/log-entries';
import { provideConversation, settle } from '../testing/provide-conversation';
import { ConversationStore } from './conversation-store';
import { ConversationTrouble } from './conversation-trouble';
import { ConversationsStore } from './conversations-store';
import { StartOptions } from './start/start-options';

async function renderRefusal(writer: LogWriter, externalId: string, code: 'already-open' | 'app-disabled') {
  const { bridge, log } = provideConversation();
  log.deliver(...writer.entries);
  await TestBed.inject(ConversationsStore).show(APP);
  const start = TestBed.inject(StartOptions);
  start.externalId.set(externalId);
  const fixture = TestBed.createComponent(ConversationTrouble);
  const element = fixture.nativeElement as HTMLElement;
  document.body.append(element);
  bridge.refusal = buildFailure(code);
  await TestBed.inject(ConversationStore).open('Kim', 'Hello');
  await settle();
  await fixture.whenStable();
  const way = () => element.querySelector('a')?.getAttribute('href') ?? null;
  return { element, fixture, start, way };
}

describe('ConversationTrouble', () => {
  it('leads to the conversation that the consumer has open, whoever the next is to be', async () => {
    const { element, fixture, start, way } = await renderRefusal(
      new LogWriter().opened(),
      CONSUMER.externalId,
      'already-open',
    );

    expect(element.textContent).toContain('This consumer already has an open conversation');
    expect(way()).toBe(`/apps/${APP}/chat/${CONVERSATION}`);
    await expectAccessible(element);

    start.externalId.set('');
    await fixture.whenStable();
    expect(way()).toBe(`/apps/${APP}/chat/${CONVERSATION}`);
  });

  it('leads past one that is closed', async () => {
    const closed = new LogWriter().opened().conversation({ state: 'CLOSE', stage: 'CLOSE' });
    const { way } = await renderRefusal(closed, CONSUMER.externalId, 'already-open');

    expect(way()).toBeNull();
  });

  it('leads nowhere when the open one is not known, or is not in the way', async () => {
    const other = new LogWriter(asConversationId('c2')).opened();
    const unknown = await renderRefusal(other, 'somebody-else', 'already-open');
    expect(unknown.element.querySelector('app-failure-note')).not.toBeNull();
    expect(unknown.way()).toBeNull();

    TestBed.resetTestingModule();
    const disabled = await renderRefusal(other, CONSUMER.externalId, 'app-disabled');
    expect(disabled.element.querySelector('app-failure-note')).not.toBeNull();
    expect(disabled.way()).toBeNull();
  });
});
