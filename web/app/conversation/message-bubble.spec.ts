import { DeferBlockBehavior, DeferBlockState, TestBed } from '@angular/core/testing';

import { APP, CONVERSATION, LogWriter, buildMessage } from '../testing/log-entries';
import { provideConversation, settle } from '../testing/provide-conversation';
import { exactWords, timeWords } from '../ui/time-words';
import { ConversationStore } from './conversation-store';
import { ConversationsStore } from './conversations-store';
import { MessageBubble } from './message-bubble';

async function render(writer: LogWriter) {
  const { log } = provideConversation();
  TestBed.configureTestingModule({ deferBlockBehavior: DeferBlockBehavior.Manual });
  log.deliver(...writer.entries);
  await TestBed.inject(ConversationsStore).show(APP);
  const store = TestBed.inject(ConversationStore);
  store.show(CONVERSATION);
  await settle();
  const fixture = TestBed.createComponent(MessageBubble);
  const message = store.messages()[0]!;
  fixture.componentRef.setInput('message', message);
  await fixture.whenStable();
  return { fixture, message };
}

async function footerOf(writer: LogWriter) {
  const { fixture, message } = await render(writer);
  const footer = (fixture.nativeElement as HTMLElement).querySelector('.footer');
  return { footer: footer?.textContent.replace(/\s+/g, ' ').trim(), time: timeWords(message.at) };
}

describe('the line below a message', () => {
  it('gives its time as the message’s own, apart from how far it has come', async () => {
    const writer = new LogWriter().opened().submitted('m1', 'Hi').sent('m1', 3).echo(3, 'Hi');

    const { footer, time } = await footerOf(writer.agentReceipt('READ', [3]));

    expect(footer).toBe(`${time} · read`);
  });

  it('names who wrote it', async () => {
    const { footer, time } = await footerOf(new LogWriter().opened().agentSays(0, 'Hi'));

    expect(footer).toBe(`Agent · ${time}`);
  });
});

describe('a message', () => {
  it('tells its exact time, sequence and evidence on hover, also where a group has one line below it', async () => {
    const writer = new LogWriter().opened().submitted('m1', 'Hi').sent('m1', 3).echo(3, 'Hi');
    const { fixture, message } = await render(writer);
    fixture.componentRef.setInput('hasFooter', false);
    await fixture.whenStable();

    const bubble = (fixture.nativeElement as HTMLElement).querySelector<HTMLElement>('.bubble');
    expect(bubble?.title.split('\n')).toEqual(
      jasmine.arrayContaining([exactWords(message.at), 'sequence 3']),
    );
  });
});

describe('structured content whose renderer is on its way', () => {
  it('stands there as a card of its words, and the card that is drawn takes its place without a jump', async () => {
    const texts = ['Blue shoe', 'Size 42'].map((text) => ({ type: 'text', text }));
    const add = { type: 'button', title: 'Add', click: { actions: [{ type: 'publishText', text: 'Add' }] } };
    const event = { type: 'RichContentEvent', content: { type: 'vertical', elements: [...texts, add] } };
    const { fixture } = await render(new LogWriter().opened().notification(buildMessage({ event })));
    const element = fixture.nativeElement as HTMLElement;
    const words = element.querySelector<HTMLElement>('.words')!;
    const { height } = words.getBoundingClientRect();
    expect([...words.children].map((line) => line.textContent)).toEqual(['Blue shoe', 'Size 42', 'Add']);
    expect(getComputedStyle(words).borderTopWidth).toBe('1px');

    const [block] = await fixture.getDeferBlocks();
    await block?.render(DeferBlockState.Complete);
    await fixture.whenStable();

    const card = element.querySelector('.lp-json-pollock-layout')!.getBoundingClientRect();
    expect(Math.abs(card.height - height)).toBeLessThan(4);
  });
});
