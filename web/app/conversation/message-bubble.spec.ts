import { TestBed } from '@angular/core/testing';

import { APP, CONVERSATION, LogWriter } from '../testing/log-entries';
import { provideConversation, settle } from '../testing/provide-conversation';
import { timeWords } from '../ui/time-words';
import { ConversationStore } from './conversation-store';
import { ConversationsStore } from './conversations-store';
import { MessageBubble } from './message-bubble';

async function footerOf(writer: LogWriter) {
  const { log } = provideConversation();
  log.deliver(...writer.entries);
  await TestBed.inject(ConversationsStore).show(APP);
  const store = TestBed.inject(ConversationStore);
  store.show(CONVERSATION);
  await settle();
  const fixture = TestBed.createComponent(MessageBubble);
  const message = store.messages()[0]!;
  fixture.componentRef.setInput('message', message);
  await fixture.whenStable();
  const footer = (fixture.nativeElement as HTMLElement).querySelector('.footer');
  const advice = async (isHistoryUnread: boolean) => {
    fixture.componentRef.setInput('isAdvised', true);
    fixture.componentRef.setInput('isHistoryUnread', isHistoryUnread);
    await fixture.whenStable();
    return (fixture.nativeElement as HTMLElement).querySelector('.advice')?.textContent;
  };
  return { advice, footer: footer?.textContent.replace(/\s+/g, ' ').trim(), time: timeWords(message.at) };
}

describe('the line below a message', () => {
  it('gives its time as the message’s own, apart from how far it has come', async () => {
    const writer = new LogWriter().opened().submitted('m1', 'Hi').sent('m1', 3).echo(3, 'Hi');

    const { footer, time } = await footerOf(writer.agentReceipt('READ', [3]));

    expect(footer).toBe(`${time} · read`);
  });

  it('sends to the cloud’s history where a notification is missing, by Retry where reading it has failed', async () => {
    const { advice } = await footerOf(new LogWriter().opened().submitted('m1', 'Hi').sent('m1', 3));

    expect(await advice(false)).toContain('reload the page');
    const afterFailure = await advice(true);
    expect(afterFailure).toContain('press Retry above');
    expect(afterFailure).not.toContain('reload');
  });

  it('names who wrote it', async () => {
    const { footer, time } = await footerOf(new LogWriter().opened().agentSays(0, 'Hi'));

    expect(footer).toBe(`Agent · ${time}`);
  });
});
